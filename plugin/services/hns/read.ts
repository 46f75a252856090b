import type {NodeVisitor} from '../../../src/node/visitor.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import type {EvidenceKey, Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {assertNamed, chosenNodes, readSnapshot, scopeOf} from '../read-snapshot.ts';

/** What is to be read of HNS. */
export interface HnsReading {
  keys: readonly EvidenceKey[];
  signal: AbortSignal;
  visitor?: NodeVisitor;
}

/** What was read, and the nodes that were chosen; absent: all of them. */
export interface HnsRead {
  snapshot: Snapshot;
  notes: readonly string[];
  nodes: ReadonlySet<string> | undefined;
  scope: Scope;
}

/**
 * Reads HNS of the chosen nodes, and everything else of the whole cluster: what stands on one node names pods and Services of
 * all others. Throws a `UserError` where a node or namespace that was named is not there.
 */
export async function readHns(flags: ReadFlags, {keys, signal, visitor}: HnsReading): Promise<HnsRead> {
  const scope = scopeOf(flags);
  const {snapshot, notes} = await readSnapshot(flags, {
    scope: {},
    // Namespaces tell whether one that was named is there.
    keys: new Set<EvidenceKey>([...keys, 'namespaces']),
    signal,
    onlyNodes: api => chosenNodes(api, scope),
    ...(visitor && {visitor}),
  });
  const nodes = chosenNodes(snapshot, scope);
  assertNamed(snapshot, scope);
  return {snapshot, notes, nodes, scope};
}
