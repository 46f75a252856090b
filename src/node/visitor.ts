import type {Snapshot} from '../snapshot/snapshot.ts';
import type {NodeKey} from './evidence.ts';

/** Takes the nodes of a cluster one at a time, each as soon as nothing more will come from it. */
export interface NodeVisitor {
  /** Evidence that may be forgotten once its node was visited. */
  readonly letGo: ReadonlySet<NodeKey>;
  /** Called once, before the first node: everything that is not of nodes. */
  begin(api: Snapshot): void;
  /** One node's evidence, as a Snapshot holds it, with this node alone. */
  node(name: string, evidence: Snapshot['evidence']): void;
}
