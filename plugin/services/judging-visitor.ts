import type {NodeJudge} from '../../src/checks/by-node.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';

/** Judges each node as soon as its evidence is whole, so that a fleet's need not be kept. */
export class JudgingVisitor implements NodeVisitor {
  readonly judge: NodeJudge;
  /** Milliseconds that it took so far. */
  tookMs = 0;
  readonly #asked: (read: Snapshot) => Snapshot;
  #api: Snapshot | undefined;

  /** `asked` makes of what was read what is to be judged. */
  constructor(judge: NodeJudge, asked: (read: Snapshot) => Snapshot) {
    this.judge = judge;
    this.#asked = asked;
  }

  get letGo(): NodeJudge['letGo'] {
    return this.judge.letGo;
  }

  begin(api: Snapshot): void {
    this.#api = this.#asked(api);
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (!this.#api) throw new TypeError(`${name} came before the API`);
    const started = performance.now();
    this.judge.node({...this.#api, evidence: {...this.#api.evidence, ...evidence}}, name);
    this.tookMs += performance.now() - started;
  }
}
