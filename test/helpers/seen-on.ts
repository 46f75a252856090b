import type {NodeFacts, NodeKey, PerNode} from '../../src/node/evidence.ts';
import {onNode} from '../../src/node/on-node.ts';
import type {Evidence} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';

/** Evidence of one node in a Snapshot, by the type of its key. */
export function seenOn<K extends NodeKey>(
  snapshot: Snapshot,
  key: K,
  node = 'win-1',
): Evidence<NodeFacts[K]> {
  // What `evidenceOf` gives for a key of a node is what `NodeFacts` declares for it.
  const evidence = evidenceOf(snapshot, key) as Evidence<PerNode<NodeFacts[K]>>;
  return onNode<NodeFacts[K]>(evidence, node);
}

/** A value that must be there. */
export function valueOf<T>(evidence: Evidence<T>): T {
  if (!evidence.ok) throw new Error(evidence.detail);
  return evidence.value;
}
