import {NodeIntake} from '../node/intake.ts';
import type {NodeState} from '../node/intake.ts';
import type {NodeNews} from '../node/news.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {NodeJudge} from './by-node.ts';
import type {ProfileName} from './define.ts';
import {CHECKS} from './index.ts';
import type {CheckResult} from './run-check.ts';

/** What some nodes of a fleet are judged by, apart from the others: plain data. */
export interface ShareSetup {
  /** Everything that is not of nodes. */
  readonly api: Snapshot;
  /** Ids of checks. */
  readonly checks: ReadonlySet<string>;
  readonly profile: ProfileName;
  /** Evidence that was asked for; everything where undefined. */
  readonly wanted: ReadonlySet<string> | undefined;
}

/** What came of one node: plain data. */
export interface NodeOutcome {
  readonly results: ReadonlyMap<string, CheckResult>;
  /** What is known of it, less what nothing reads once it was judged. */
  readonly state: NodeState;
}

/** Reads and judges some of a fleet's nodes, as `NodeJudge` does all of them. */
export class NodeShare {
  readonly #api: Snapshot;
  readonly #judge: NodeJudge;
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #open = new Map<string, NodeIntake>();

  constructor({api, checks, profile, wanted}: ShareSetup) {
    this.#api = api;
    this.#wanted = wanted;
    this.#judge = new NodeJudge(
      CHECKS.filter(({id}) => checks.has(id)),
      profile,
    );
  }

  /** Takes in one thing of a node. */
  tell(node: string, news: NodeNews): void {
    this.#intakeOf(node).tell(node, news);
  }

  /** Judges a node of which nothing more comes, and forgets it. */
  end(node: string): NodeOutcome {
    const intake = this.#intakeOf(node);
    this.#open.delete(node);
    const evidence = {...this.#api.evidence, ...Object.fromEntries(intake.evidenceOfNode(node))};
    const results = this.#judge.resultsOf({...this.#api, evidence}, node);
    intake.letGo(node, this.#judge.letGo);
    return {results, state: intake.stateOf(node)};
  }

  #intakeOf(node: string): NodeIntake {
    const known = this.#open.get(node);
    if (known) return known;
    const intake = new NodeIntake(this.#wanted);
    this.#open.set(node, intake);
    return intake;
  }
}
