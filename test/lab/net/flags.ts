import {ROUTER, SERVICE_NETWORKS} from './topology.ts';

/** What the parts of a control plane have to know of a network lab: where pods reach the API server, and both families of Services. */
export const NET_FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'kube-apiserver',
    [`--advertise-address=${ROUTER.ip}`, `--service-cluster-ip-range=${SERVICE_NETWORKS.join(',')}`],
  ],
]);
