import type {Leg} from './types.ts';

/** What each leg goes from and to, in words for tables. */
export const LEG_WORDS: Readonly<Record<Leg, string>> = {
  'node-to-pod': 'host to a pod of another node',
  host: 'host to another host (kubelet)',
  'pod-same-node': 'pod to a pod of the same node',
  'pod-other-node': 'pod to a pod of another node',
  'path-mtu': 'large packets from pod to pod',
  'cluster-ip': 'pod to a Service',
  'host-cluster-ip': 'host to a Service',
  backend: 'pod to a backend of the Service',
  'api-server': 'pod to the API server',
  'full-name': 'full name of a Service',
  'short-name': 'short name of a Service',
  'headless-name': 'name of a headless Service',
  'dns-vip': 'cluster DNS by its Service',
  'dns-backend': 'cluster DNS by its pods',
  'node-port': 'host to a NodePort of another node',
  outbound: 'pod to what --target names',
};
