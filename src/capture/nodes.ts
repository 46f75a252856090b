import {NODE_KEYS} from '../node/evidence.ts';
import {nodeFileOf} from '../node/paths.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import type {Intake} from './intake.ts';
import type {Layout} from './layout.ts';
import {reasonOf} from './manifest.ts';

/** What a capture is found to hold. */
export interface FoundFiles {
  /** All paths below its root. */
  paths: readonly string[];
  damage: string | undefined;
}

/**
 * What nodes told of themselves in a capture, and what is missing of it. Other layouts than ours have none of it, and neither
 * has a bundle that was made without an agent, for which nobody asked.
 */
export class CapturedNodes {
  readonly #intake: Intake;
  readonly #layout: Layout;
  readonly #found: FoundFiles;
  #declared: Map<string, (() => void)[]> | undefined;

  constructor(intake: Intake, layout: Layout, found: FoundFiles) {
    this.#intake = intake;
    this.#layout = layout;
    this.#found = found;
  }

  /** States what is missing of one node all of whose files were read. */
  declare(node: string): void {
    this.#state(node);
    if (this.#otherwise) this.#intake.nodes.lost(node, this.#otherwise);
  }

  /** Why what no file of a node told is missing; our bundle says it itself. */
  get #otherwise(): Missing | undefined {
    const {id, title} = this.#layout;
    return id === 'kubectl-win' ? undefined : missing('unsupported', `it is not read from ${title}`);
  }

  /** The evidence of all nodes. */
  evidence(): Snapshot['evidence'] {
    const {nodes, manifest} = this.#intake;
    const {paths, damage} = this.#found;
    for (const node of this.#gaps.keys()) this.#state(node);
    if (damage !== undefined) nodes.loseAll(missing('failed', damage));
    if (this.#otherwise) nodes.loseAll(this.#otherwise);
    if (!nodes.isEmpty) return Object.fromEntries(nodes.evidence());
    const declared = new Map(manifest?.missing.map(gap => [gap.what, gap]));
    const withoutAgent =
      this.#layout.id === 'kubectl-win' && !paths.some(p => p.startsWith('host-collectors/'));
    const gaps = NODE_KEYS.flatMap((key): [string, Missing][] => {
      const gap = declared.get(key);
      if (gap) return [[key, missing(reasonOf(gap), gap.detail)]];
      if (withoutAgent) return [];
      return [[key, missing('unsupported', `no node state is read from ${this.#layout.title}`)]];
    });
    return Object.fromEntries(gaps);
  }

  /** States what the manifest says is missing of a node, once: what its files say of it themselves goes first. */
  #state(node: string): void {
    for (const state of this.#gaps.get(node) ?? []) state();
    this.#gaps.delete(node);
  }

  get #gaps(): Map<string, (() => void)[]> {
    if (this.#declared) return this.#declared;
    const {manifest, nodes} = this.#intake;
    const declared = (this.#declared = new Map<string, (() => void)[]>());
    const add = (node: string, state: () => void): void => {
      const known = declared.get(node);
      if (known) known.push(state);
      else declared.set(node, [state]);
    };
    const there = new Set(this.#found.paths);
    for (const {path} of manifest?.files ?? []) {
      const lost = there.has(path) ? undefined : nodeFileOf(path);
      if (!lost) continue;
      add(lost.node, () => {
        nodes.expect(lost.node, lost.os);
        nodes.without(
          lost.node,
          lost.file,
          missing('failed', `the manifest lists ${path}, and it is not there`),
        );
      });
    }
    for (const gap of manifest?.missing ?? []) {
      const {node, what, detail} = gap;
      if (node === undefined) continue;
      const why = missing(reasonOf(gap), detail);
      add(node, () => (what === 'node.agent' ? nodes.lost(node, why) : nodes.without(node, what, why)));
    }
    return declared;
  }
}
