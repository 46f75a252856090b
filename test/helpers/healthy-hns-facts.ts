import {guidFrom} from './healthy-runtime.ts';
import {nodeNumberOf} from './raw-pods.ts';

/** The overlay network of flannel's VXLAN with VNI 4096. */
export const NETWORK = 'flannel.4096';
export const VNI = 4096;
/** As the adapter of the pod has it in `healthyNetwork`. */
export const POD_MAC = '00-15-5d-5a-b0-b2';
/** 13.3, of Windows Server 2022: major and minor halves of 64 bits. */
export const VERSION = 55_834_574_851;
export const V2_SCHEMA = {Major: 2, Minor: 0};
export const NO_GUID = '00000000-0000-0000-0000-000000000000';
export const CLUSTER_CIDR = '10.244.0.0/16';
export const SERVICE_CIDR = '10.96.0.0/12';
export const CLUSTER_DNS = '10.96.0.10';

/** Nodes of the healthy cluster. */
export const NODES = ['linux-0', 'win-1', 'win-2'];

/** A pod behind a Service. */
export interface Backend {
  namespace: string;
  name: string;
  node: string;
}

/** The Services of `healthy()` with the pods behind them. */
export const SERVICES: readonly {vip: string; port: number; protocols: number[]; backends: Backend[]}[] = [
  {
    vip: CLUSTER_DNS,
    port: 53,
    protocols: [6, 17],
    backends: ['coredns-0', 'coredns-1'].map(name => ({namespace: 'kube-system', name, node: 'linux-0'})),
  },
  {
    vip: '10.96.30.1',
    port: 80,
    protocols: [6],
    backends: [
      {namespace: 'shop', name: 'web-0', node: 'win-1'},
      {namespace: 'shop', name: 'web-1', node: 'win-2'},
    ],
  },
];

/** GUID of an object of HNS on a healthy node: in lower case, as v2 prints it. `what`: `network`, `endpoint/web-0`, … */
export function hnsGuid(node: string, what: string): string {
  return guidFrom(`${node}/${what}`);
}

/** The address with which kube-proxy reaches pods through the overlay: taken of the node's range by its start script. */
export function sourceVipOf(node: string): string {
  return `10.244.${nodeNumberOf(node)}.2`;
}
