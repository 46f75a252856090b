import type {NodeJudge} from '../../src/checks/by-node.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';

/** Judges each node as soon as its evidence is whole, so that a fleet's need not be kept. */
export class JudgingVisitor implements NodeVisitor {
  readonly judge: NodeJudge;
  /** Milliseconds that it took so far. */
  tookMs = 0;
  readonly #asked: (read: Snapshot) => Snapshot;
  readonly #chosen: (api: Snapshot) => ReadonlySet<string> | undefined;
  #only: ReadonlySet<string> | undefined;
  #api: Snapshot | undefined;

  /** `asked` makes of what was read what is to be judged; `chosen` says of which nodes. */
  constructor(
    judge: NodeJudge,
    asked: (read: Snapshot) => Snapshot,
    chosen: (api: Snapshot) => ReadonlySet<string> | undefined,
  ) {
    this.judge = judge;
    this.#asked = asked;
    this.#chosen = chosen;
  }

  get letGo(): NodeJudge['letGo'] {
    return this.judge.letGo;
  }

  begin(api: Snapshot): void {
    this.#api = this.#asked(api);
    this.#only = this.#chosen(api);
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (!this.#api) throw new TypeError(`${name} came before the API`);
    if (this.#only && !this.#only.has(name)) return;
    const started = performance.now();
    this.judge.node({...this.#api, evidence: {...this.#api.evidence, ...evidence}}, name);
    this.tookMs += performance.now() - started;
  }
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
