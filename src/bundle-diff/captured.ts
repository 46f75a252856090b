import type {ResourceKey} from '../kube/resources.ts';
import type {KubeObject, ServerVersion} from '../kube/types.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import {mapEvidence} from '../snapshot/evidence.ts';
import type {Snapshot, Source} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Found} from './findings.ts';
import type {NodeFacts} from './nodes.ts';
import type {ObjectsById} from './objects.ts';
import {COMPARED, comparedObjects} from './objects.ts';
import type {StatesById} from './pods.ts';
import {podStates} from './pods.ts';

/** What a capture is compared by: of a large cluster there is no room for two whole Snapshots. */
export interface Captured {
  readonly source: Source;
  readonly version: Evidence<ServerVersion>;
  readonly objects: ReadonlyMap<ResourceKey, Evidence<ObjectsById>>;
  readonly pods: Evidence<StatesById>;
  /** What was found, by whom it is judged. */
  readonly found: Found;
  /** What of each node is compared; their own evidence need not be in the Snapshot. */
  readonly nodes: ReadonlyMap<string, NodeFacts>;
}

/** What a capture that was read and judged is compared by; nothing of it leads back to the Snapshot. */
export function capturedOf(
  snapshot: Snapshot,
  found: Found,
  nodes: ReadonlyMap<string, NodeFacts>,
): Captured {
  const workloads = evidenceOf(snapshot, 'workloads');
  const states = podStates(workloads.ok ? workloads.value : []);
  return {
    source: snapshot.source,
    version: evidenceOf(snapshot, 'version'),
    objects: new Map(COMPARED.map(key => [key, comparedOf(snapshot, key)])),
    pods: mapEvidence<unknown, StatesById>(evidenceOf(snapshot, 'pods'), () => states),
    found,
    nodes,
  };
}

function comparedOf(snapshot: Snapshot, key: ResourceKey): Evidence<ObjectsById> {
  const evidence: Evidence<readonly KubeObject[]> = evidenceOf(snapshot, key);
  return mapEvidence(evidence, objects => comparedObjects(key, objects));
}
