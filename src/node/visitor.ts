import type {Snapshot} from '../snapshot/snapshot.ts';
import type {NodeKey} from './evidence.ts';
import type {NodeState} from './intake.ts';
import type {TakeNews} from './news.ts';

/** Takes the nodes of a cluster one at a time, each as soon as nothing more will come from it. */
export interface NodeVisitor {
  /** Evidence that may be forgotten once its node was visited. */
  readonly letGo: ReadonlySet<NodeKey>;
  /** Takes some of the nodes in its stead, whole; asked for after `begin`. */
  readonly helper?: NodeHelper | undefined;
  /** Called once, before the first node: everything that is not of nodes. */
  begin(api: Snapshot): void;
  /** One node's evidence, as a Snapshot holds it, with this node alone. */
  node(name: string, evidence: Snapshot['evidence']): void;
}

/** Reads and visits nodes beside their visitor: on another thread. */
export interface NodeHelper {
  /** Where all that is told of a node goes from here on; undefined where there is no room for it now. */
  take(node: string): TakeNews | undefined;
  /** States that no more is told of a node that it took. */
  ended(node: string): void;
  /** What is known of each node that it took, less what was let go, once it is done with all of them. Never rejects. */
  settled(): Promise<ReadonlyMap<string, NodeState>>;
}
