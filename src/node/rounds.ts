import type {Snapshot} from '../snapshot/snapshot.ts';
import type {NodeIntake} from './intake.ts';
import type {NodeVisitor} from './visitor.ts';

/** Shows a visitor each node once all of it came, and lets go what need not be kept; its helper gets those that it has room for. */
export class NodeRounds {
  readonly #intake: NodeIntake;
  readonly #visitor: NodeVisitor;
  /** Nodes that the helper has and that have not ended. */
  readonly #helped = new Set<string>();

  /** `api`: everything that is not of nodes. */
  constructor(intake: NodeIntake, visitor: NodeVisitor, api: Snapshot) {
    this.#intake = intake;
    this.#visitor = visitor;
    visitor.begin(api);
    const {helper} = visitor;
    if (!helper) return;
    intake.divert(node => {
      const taken = helper.take(node);
      if (taken) this.#helped.add(node);
      return taken;
    });
  }

  /** States that no more comes from a node. */
  ended(node: string): void {
    if (this.#helped.delete(node)) {
      this.#visitor.helper?.ended(node);
      return;
    }
    this.#visitor.node(node, Object.fromEntries(this.#intake.evidenceOfNode(node)));
    this.#intake.letGo(node, this.#visitor.letGo);
  }

  /** States that no node sends more; done once what the helper knows is known here. */
  async end(): Promise<void> {
    // Of a node that broke off nobody said that it ended, and its helper would wait for more.
    for (const node of this.#helped) this.#visitor.helper?.ended(node);
    const settled = await this.#visitor.helper?.settled();
    for (const [node, state] of settled ?? []) this.#intake.adopt(node, state);
  }
}
