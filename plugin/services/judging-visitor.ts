import {availableParallelism} from 'node:os';
import type {NodeJudge} from '../../src/checks/by-node.ts';
import type {ShareSetup} from '../../src/checks/node-share.ts';
import type {NodeHelper, NodeVisitor} from '../../src/node/visitor.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {keepHeapSmall} from '../heap.ts';
import {NodeThread} from './node-thread/thread.ts';

/** With both processors at work sweeping takes time from reading: at 25 a third of all, at 75 it is a fifth more memory. */
const GROWTH_PERCENT = 60;
/** With fewer nodes a second thread has not begun when they are done. */
const WORTH_A_THREAD = 32;

/** Judges each node as soon as its evidence is whole, so that a fleet's need not be kept. */
export class JudgingVisitor implements NodeVisitor {
  readonly judge: NodeJudge;
  readonly helper: NodeHelper | undefined;
  /** Milliseconds that it took so far. */
  tookMs = 0;
  readonly #asked: (read: Snapshot) => Snapshot;
  readonly #chosen: (api: Snapshot) => ReadonlySet<string> | undefined;
  readonly #thread: NodeThread | undefined;
  #only: ReadonlySet<string> | undefined;
  #api: Snapshot | undefined;

  /**
   * `asked` makes of what was read what is to be judged; `chosen` says of which nodes. `share`: what a second thread judges nodes by, once there are many;
   * absent where this one does all of them.
   */
  constructor(
    judge: NodeJudge,
    {
      asked,
      chosen,
      share,
    }: {
      asked: (read: Snapshot) => Snapshot;
      chosen: (api: Snapshot) => ReadonlySet<string> | undefined;
      share?: Omit<ShareSetup, 'api'>;
    },
  ) {
    this.judge = judge;
    this.#asked = asked;
    this.#chosen = chosen;
    this.#thread =
      share && availableParallelism() > 1
        ? new NodeThread({
            setup: () => ({...share, api: this.#read}),
            judged: (node, results) => this.judge.adopt(node, results),
          })
        : undefined;
    this.helper = this.#thread && helping(this.#thread, node => this.#only?.has(node) ?? true);
  }

  /** Does what shows it the nodes; the second thread has ended then, whatever came of it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    // With a second thread there are two heaps, and each grows by what is soon garbage.
    if (this.#thread) keepHeapSmall(GROWTH_PERCENT);
    try {
      return await work();
    } finally {
      await this.#thread?.close();
    }
  }

  /** What is not of nodes, as it is judged by. */
  get #read(): Snapshot {
    if (!this.#api) throw new TypeError('a node came before the API');
    return this.#api;
  }

  get letGo(): NodeJudge['letGo'] {
    return this.judge.letGo;
  }

  begin(api: Snapshot): void {
    this.#api = this.#asked(api);
    this.#only = this.#chosen(api);
    const nodes = evidenceOf(api, 'nodes');
    const count = this.#only?.size ?? (nodes.ok ? nodes.value.length : 0);
    if (count >= WORTH_A_THREAD) this.#thread?.allow();
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (this.#only && !this.#only.has(name)) return;
    const started = performance.now();
    const api = this.#read;
    this.judge.node({...api, evidence: {...api.evidence, ...evidence}}, name);
    this.tookMs += performance.now() - started;
  }
}

/** A helper that is given some of the nodes only. */
export function helping(helper: NodeHelper, takes: (node: string) => boolean): NodeHelper {
  return {
    take: node => (takes(node) ? helper.take(node) : undefined),
    ended: node => helper.ended(node),
    settled: () => helper.settled(),
  };
}

/** A visitor beside which another looks at each node first. */
export function watched(
  visitor: NodeVisitor,
  watch: (snapshot: Snapshot, node: string) => void,
): NodeVisitor {
  let api: Snapshot | undefined;
  return {
    letGo: visitor.letGo,
    begin: read => {
      api = read;
      visitor.begin(read);
    },
    node: (name, evidence) => {
      if (api) watch({...api, evidence: {...api.evidence, ...evidence}}, name);
      visitor.node(name, evidence);
    },
  };
}

/** A visitor that lets go of less: what is shown beside its judgement stays. */
export function keeping(visitor: NodeVisitor, keys: readonly string[]): NodeVisitor {
  const kept = new Set(keys);
  return {
    letGo: new Set([...visitor.letGo].filter(key => !kept.has(key))),
    begin: api => visitor.begin(api),
    node: (name, evidence) => visitor.node(name, evidence),
  };
}
