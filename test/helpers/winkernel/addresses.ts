import type {CniKind} from './plan.ts';

/** Services' addresses, in every cluster alike. */
export const SERVICE_CIDR = '10.96.0.0/12';
export const DNS_VIP = '10.96.0.10';
export const SERVICE_CIDR_6 = 'fd00:10:96::/112';

/** Where nodes and pods of a cluster live. Nodes count from 0; the pods of a node do, too. */
export interface Addresses {
  nodeIp: (node: number) => string;
  nodeIp6: (node: number) => string;
  /** Subnet of the node's network, as HNS has it. */
  prefix: (node: number) => string;
  prefix6: (node: number) => string;
  gateway: (node: number) => string;
  /** What pods send by: the host's endpoint on an L2Bridge of flannel, else the gateway. */
  podGateway: (node: number) => string;
  /** The host's own endpoint, and the source VIP of an overlay. */
  hostIp: (node: number) => string;
  podIp: (node: number, pod: number) => string;
  podIp6: (node: number, pod: number) => string;
  /** Of the Node object; none where the cloud gives addresses. */
  podCidr: (node: number) => string | undefined;
  /** What no pod's traffic is translated for. */
  exceptions: readonly string[];
}

const NODES = '192.168.10.0/24';
const PODS = '10.244.0.0/16';
const first = (node: number): number => 10 + node;

const ownCidr: Omit<Addresses, 'podGateway' | 'exceptions'> = {
  nodeIp: node => `192.168.10.${first(node)}`,
  nodeIp6: node => `fd00:192::${first(node)}`,
  prefix: node => `10.244.${node}.0/24`,
  prefix6: node => `fd00:10:244:${node}::/64`,
  gateway: node => `10.244.${node}.1`,
  hostIp: node => `10.244.${node}.2`,
  podIp: (node, pod) => `10.244.${node}.${pod + 10}`,
  podIp6: (node, pod) => `fd00:10:244:${node}::${(pod + 16).toString(16)}`,
  podCidr: node => `10.244.${node}.0/24`,
};

/** Blocks of Calico are its own, and lie where they lie. */
const calico: Partial<Addresses> = {
  prefix: node => `10.244.${100 + node}.64/26`,
  gateway: node => `10.244.${100 + node}.65`,
  podGateway: node => `10.244.${100 + node}.65`,
  hostIp: node => `10.244.${100 + node}.66`,
  podIp: (node, pod) => `10.244.${100 + node}.${pod + 70}`,
  exceptions: [PODS, SERVICE_CIDR],
};

const VNET = '10.224.0.0/12';

/** Nodes are spread over all of it: there may be a thousand. */
const azureNet = (node: number): string => `10.${224 + (node >> 8)}.${node & 255}`;

const azure: Partial<Addresses> = {
  nodeIp: node => `${azureNet(node)}.4`,
  prefix: () => VNET,
  prefix6: () => 'fd00:224::/64',
  gateway: () => '10.224.0.1',
  podGateway: () => '10.224.0.1',
  podIp: (node, pod) => `${azureNet(node)}.${pod + 5}`,
  podIp6: (node, pod) => `fd00:224::${(node + 1).toString(16)}:${(pod + 16).toString(16)}`,
  podCidr: () => undefined,
  // As AKS renders it: addresses of Services are load balanced before they are translated.
  exceptions: [VNET],
};

const VPC = '10.0.0.0/16';

const aws: Partial<Addresses> = {
  nodeIp: node => `10.0.${node}.10`,
  prefix: node => `10.0.${node}.0/24`,
  gateway: node => `10.0.${node}.1`,
  podGateway: node => `10.0.${node}.1`,
  podIp: (node, pod) => `10.0.${node}.${pod + 20}`,
  podCidr: () => undefined,
  exceptions: [VPC, SERVICE_CIDR],
};

const OWN: Record<CniKind, Partial<Addresses>> = {
  'flannel-overlay': {},
  'flannel-host-gw': {podGateway: ownCidr.hostIp, exceptions: [PODS, SERVICE_CIDR, NODES]},
  'calico-vxlan': calico,
  'win-bridge': {exceptions: [PODS, SERVICE_CIDR, NODES]},
  azure,
  aws,
};

/** The addresses of a cluster with this network. */
export function addressesOf(cni: CniKind): Addresses {
  return {podGateway: ownCidr.gateway, exceptions: [PODS, SERVICE_CIDR], ...ownCidr, ...OWN[cni]};
}

/** The four bytes of an address in hexadecimal, with dashes. */
export function hexOf(ip: string): string {
  return ip
    .split('.')
    .map(byte => Number(byte).toString(16).padStart(2, '0'))
    .join('-');
}

/** MAC of a container or of an endpoint elsewhere, made of its address: of an IPv6 one the last four digits stand for it. */
export function conjureMac(prefix: string, ip: string): string {
  if (!ip.includes(':')) return `${prefix}-${hexOf(ip)}`;
  const tail = ip.replaceAll(':', '').slice(-8).padStart(8, '0');
  return `${prefix}-${tail.match(/../g)?.join('-') ?? ''}`;
}
