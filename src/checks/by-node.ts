import type {NodeKey} from '../node/evidence.ts';
import {NODE_KEYS} from '../node/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Check, Fail, ProfileName} from './define.ts';
import type {Judgement} from './engine.ts';
import {joinResults} from './engine.ts';
import type {CheckResult} from './run-check.ts';
import {runCheck} from './run-check.ts';

/** What a check said of one node. */
export interface Said {
  readonly check: Check;
  readonly fails: readonly Fail[];
}

/** Looks at a node of which something is wrong, with what checks said of it. */
export type AfterNode = (snapshot: Snapshot, node: string, said: readonly Said[]) => void;

/** The Snapshot by which a check that looks at more than one node is judged. */
export type SeenBy = (check: Check) => Snapshot;

/**
 * Judges a fleet node by node: what can be said of one node alone is said as soon as its evidence is whole, and that
 * evidence need not be kept. The answer is that of `judge` on the whole Snapshot.
 */
export class NodeJudge {
  /** Evidence that nothing reads once its node was judged. */
  readonly letGo: ReadonlySet<NodeKey>;
  readonly #checks: readonly Check[];
  readonly #profile: ProfileName;
  readonly #after: AfterNode | undefined;
  readonly #nodes = new Map<string, ReadonlyMap<string, CheckResult>>();

  /** `after` is called with each node while its evidence is still there. */
  constructor(checks: readonly Check[], profile: ProfileName, after?: AfterNode) {
    this.#checks = checks;
    this.#profile = profile;
    this.#after = after;
    const kept = new Set<string>(checks.filter(c => !c.perNode).flatMap(keysOf));
    const read = new Set<string>(checks.filter(c => c.perNode).flatMap(keysOf));
    this.letGo = new Set(NODE_KEYS.filter(key => read.has(key) && !kept.has(key)));
  }

  /** Judges one node: the Snapshot has everything of the API, and what this node told. */
  node(snapshot: Snapshot, name: string): void {
    const results = this.resultsOf(snapshot, name);
    this.adopt(name, results);
    if (!this.#after) return;
    const said = this.#checks.flatMap(check => {
      const fails = results.get(check.id)?.fails ?? [];
      return fails.length > 0 ? [{check, fails}] : [];
    });
    if (said.length > 0) this.#after(snapshot, name, said);
  }

  /** What each check says of one node, by its id. */
  resultsOf(snapshot: Snapshot, name: string): Map<string, CheckResult> {
    const results = new Map<string, CheckResult>();
    for (const check of this.#checks) {
      if (check.perNode)
        results.set(check.id, runCheck(snapshot, check, {profile: this.#profile, only: name}));
    }
    return results;
  }

  /** Takes over what another judge with the same checks said of a node. */
  adopt(name: string, results: ReadonlyMap<string, CheckResult>): void {
    this.#nodes.set(name, results);
  }

  /**
   * The judgement, of some nodes alone where they are named: the nodes that were not judged yet are, and everything else by
   * what `seenBy` gives a check, the whole where it is absent.
   */
  judgement(snapshot: Snapshot, only?: ReadonlySet<string>, seenBy?: SeenBy): Judgement {
    const nodes = evidenceOf(snapshot, 'nodes');
    const all = nodes.ok ? nodes.value.map(n => n.metadata.name) : [];
    const names = all.filter(name => only?.has(name) ?? true);
    for (const name of names) if (!this.#nodes.has(name)) this.node(snapshot, name);
    return joinResults(this.#checks, check =>
      check.perNode && all.length > 0
        ? names.map(name => this.#nodes.get(name)?.get(check.id)).filter(r => r !== undefined)
        : [runCheck(seenBy?.(check) ?? snapshot, check, {profile: this.#profile})],
    );
  }
}

function keysOf({needs, wants, passNeeds}: Check): string[] {
  return [...needs, ...wants, ...passNeeds];
}
