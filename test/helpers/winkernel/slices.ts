import type {Raw} from '../raw.ts';
import {DAY, ago} from '../raw.ts';

/** An EndpointSlice of a Service that has not changed for a day. */
export function sliceOf(at: {namespace: string; name: string}, suffix: string, rest: object): Raw {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace: at.namespace,
      name: `${at.name}-s${suffix}`,
      labels: {
        'kubernetes.io/service-name': at.name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      annotations: {'endpoints.kubernetes.io/last-change-trigger-time': ago(DAY)},
      creationTimestamp: ago(20 * DAY),
    },
    ...rest,
  };
}
