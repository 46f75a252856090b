import {REAL_NODE} from '../linux-node/config.ts';

/** A node of the network lab: a network namespace. */
export interface NetNode {
  readonly name: string;
  readonly os: 'linux' | 'windows';
  /** On the network that all nodes share. */
  readonly ip: string;
  readonly ip6: string;
  /** Of its end of the tunnels. */
  readonly mac: string;
  readonly tunnelIp: string;
  readonly tunnelIp6: string;
  readonly podCidr: string;
  readonly podCidr6: string;
  readonly gateway: string;
  readonly gateway6: string;
  /** Whether a real kubelet with containerd runs its pods. */
  readonly isReal: boolean;
}

/** A pod of the network lab: a network namespace of its own, wired to the one of its node. */
export interface NetPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: NetNode;
  readonly ip: string;
  readonly ip6: string;
  /** `web` and `api` answer HTTP on `WEB_PORT`; `dns` is a CoreDNS. */
  readonly app: 'web' | 'api' | 'dns';
  readonly dns: PodDns;
}

/** A pod that the kubelet of the real node runs; its network is made, and its address given, by a plugin of CNI. */
export type RealPod = Pick<NetPod, 'namespace' | 'name' | 'node'> & {readonly app: 'web' | 'api'};

/** How a kubelet sets up the resolver of a pod. */
export interface PodDns {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

/** All nodes and pods of a network lab. */
export interface Topology {
  readonly nodes: readonly NetNode[];
  readonly pods: readonly NetPod[];
  readonly realPods: readonly RealPod[];
}

/** How large a network lab is. */
export interface NetSize {
  readonly nodes: number;
  /** Whether there is one more, a Linux node with a real kubelet. */
  readonly real: boolean;
}

/** Where the API server is reached, the default gateway of every node: an address on the network that they share. */
export const ROUTER = {ip: '192.168.77.1', ip6: 'fd00:77::1', name: 'router'} as const;
export const NODE_NETWORKS = ['192.168.77.0/24', 'fd00:77::/64'] as const;
export const POD_NETWORKS = ['10.244.0.0/16', 'fd00:244::/48'] as const;
export const SERVICE_NETWORKS = ['10.96.0.0/16', 'fd00:96::/112'] as const;
export const DNS_ADDRESSES = ['10.96.0.10', 'fd00:96::a'] as const;
export const API_ADDRESS = '10.96.0.1';
export const WEB_PORT = 8080;
export const NODE_PORT = 30_080;
export const DOMAIN = 'cluster.local';
/** What flannel and the network of Windows agree on: VNI 4096, UDP port 4789. */
export const TUNNEL = {name: 'flannel.4096', vni: 4096, port: 4789} as const;
/** A packet in a tunnel has 50 bytes more around it than one outside. */
export const UNDERLAY_MTU = 1500;
export const POD_MTU = UNDERLAY_MTU - 50;

/** Two of each operating system: what is between these is told apart from what is one node's. */
export const NET_SIZE: NetSize = {nodes: 4, real: true};
const FIRST_NODE = 10;
const FIRST_POD = 2;
const SHOP = 'shop';

/**
 * So many nodes, half of them called Windows, each with two pods that serve; the first two Linux nodes have a DNS server each.
 * The real node comes last.
 */
export function topologyOf({nodes: count, real}: NetSize): Topology {
  const played = Array.from({length: count}, (_, index) => nodeOf(index, count));
  const realNodes = real ? [nodeOf(count, count)] : [];
  return {
    nodes: [...played, ...realNodes],
    pods: podsOn(played),
    realPods: realNodes.flatMap(node =>
      (['web', 'api'] as const).map(app => ({namespace: SHOP, name: `${app}-${node.name}`, app, node})),
    ),
  };
}

function podsOn(nodes: readonly NetNode[]): NetPod[] {
  const dnsNodes = new Set(nodes.filter(n => n.os === 'linux').slice(0, 2));
  return nodes.flatMap(node => {
    const apps = ['web', 'api', ...(dnsNodes.has(node) ? ['dns' as const] : [])] as const;
    return apps.map((app, i) => podOf(app, node, i + FIRST_POD));
  });
}

function nodeOf(index: number, count: number): NetNode {
  const linux = Math.ceil(count / 2);
  const isReal = index === count;
  const os = isReal || index < linux ? 'linux' : 'windows';
  // From 1 on: an address of subnet 0 has two ways to be written short.
  const subnet = index + 1;
  const hex = subnet.toString(16);
  return {
    name: isReal ? REAL_NODE : os === 'linux' ? `linux-${index}` : `win-${index - linux}`,
    os,
    isReal,
    ip: `192.168.77.${FIRST_NODE + index}`,
    ip6: `fd00:77::${(FIRST_NODE + index).toString(16)}`,
    mac: `0a:58:0a:f4:00:${hex.padStart(2, '0')}`,
    tunnelIp: `10.244.${subnet}.0`,
    tunnelIp6: `fd00:244:0:${hex}::fffe`,
    podCidr: `10.244.${subnet}.0/24`,
    podCidr6: `fd00:244:0:${hex}::/64`,
    gateway: `10.244.${subnet}.1`,
    gateway6: `fd00:244:0:${hex}::1`,
  };
}

function podOf(app: NetPod['app'], node: NetNode, number: number): NetPod {
  const name = app === 'dns' ? `coredns-${node.name}` : `${app}-${node.name}`;
  const ip = node.gateway.replace(/\d+$/, String(number));
  const ip6 = node.gateway6.replace(/\d+$/, String(number));
  const facts = {name, node, app, ip, ip6};
  return app === 'dns'
    ? {...facts, namespace: 'kube-system', dns: NODE_DNS}
    : {...facts, namespace: SHOP, dns: dnsIn(SHOP)};
}

/** `dnsPolicy: Default`: what the node itself has, a server that nobody here reaches. */
const NODE_DNS: PodDns = {servers: ['192.168.77.53'], searches: [], options: []};

function dnsIn(namespace: string): PodDns {
  return {
    servers: DNS_ADDRESSES.slice(0, 1),
    searches: [`${namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN],
    options: ['ndots:5'],
  };
}
