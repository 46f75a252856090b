import type {Probing} from '../../../probes/evidence.ts';
import type {Snapshot} from '../../../snapshot/snapshot.ts';
import {evidenceOf} from '../../../snapshot/snapshot.ts';
import type {NetInput} from './seen.ts';

/** What checks of connections are given of a Snapshot, for what is told beside them. */
export function netInputOf(snapshot: Snapshot, probes: Probing): NetInput {
  return {
    probes,
    wants: {
      nodes: evidenceOf(snapshot, 'nodes'),
      namespaces: evidenceOf(snapshot, 'namespaces'),
      networkPolicies: evidenceOf(snapshot, 'networkPolicies'),
      pods: evidenceOf(snapshot, 'pods'),
      services: evidenceOf(snapshot, 'services'),
      endpointSlices: evidenceOf(snapshot, 'endpointSlices'),
      workloads: evidenceOf(snapshot, 'workloads'),
    },
  };
}
