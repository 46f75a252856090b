import type {Build} from '../../property/plan.ts';

/** Networks of pods on Windows nodes that the simulation sets up. */
export const CNI_KINDS = [
  'flannel-overlay',
  'flannel-host-gw',
  'calico-vxlan',
  'win-bridge',
  'azure',
  'aws',
] as const;
export type CniKind = (typeof CNI_KINDS)[number];

/** Version of HNS. */
export interface Version {
  major: number;
  minor: number;
}

/** Where kube-proxy is told what to do: flags of its process, a file that comes from a ConfigMap, or one that nobody sees. */
export type Told = 'flags' | 'config-map' | 'unseen';

export interface ProxyFlags {
  dsr: boolean;
  /** `--forward-healthcheck-vip`; it takes `--root-hnsendpoint-name`, too. */
  forwardHealthCheck: boolean;
  told: Told;
  /** Before flag 16 of port mappings was: node ports have 2 alone. */
  old: boolean;
  /** Whether endpoints that end and still serve stand in for ready ones behind ingress addresses, as newer releases have it. */
  terminating: boolean;
}

/** One Windows node. */
export interface NodePlan {
  build: Build;
  hns: Version;
  /** Containers that ended and left their sandbox. */
  finished: boolean;
  /** GUIDs in upper case in what HCN answers. */
  upper: boolean;
  /** Whether HNS takes load balancers of SCTP, which Windows does not promise. */
  sctp: boolean;
  /** kube-proxy has run since all endpoints were ready, and has followed what became of them. */
  followed: boolean;
}

/** How pods stand in an EndpointSlice. */
export const POD_STATES = ['ready', 'ready', 'ready', 'unready', 'ending', 'ended'] as const;
export type PodState = (typeof POD_STATES)[number];

/** A pod behind a Service: on which node, and how it is. */
export interface BackendPlan {
  /** Picks one of all nodes; the first is a Linux node. */
  node: number;
  state: PodState;
  hostNetwork: boolean;
  dns: DnsKind;
}

/** What a pod resolves names by. */
export const DNS_KINDS = ['cluster', 'cluster', 'cluster and more', 'node', 'own'] as const;
export type DnsKind = (typeof DNS_KINDS)[number];

export const SERVICE_KINDS = [
  'ClusterIP',
  'NodePort',
  'LoadBalancer',
  'headless',
  'ExternalName',
  'other-proxy',
  'outside',
] as const;

/** One Service with its own pods. */
export interface ServicePlan {
  kind: (typeof SERVICE_KINDS)[number];
  backends: BackendPlan[];
  ports: {protocol: 'TCP' | 'UDP' | 'SCTP'; named: boolean}[];
  affinity: boolean;
  internalLocal: boolean;
  externalLocal: boolean;
  /** Count of external IPs. */
  externalIps: number;
  /** Ingress: addresses, a name only, or addresses whose traffic a load balancer hands to node ports (`ipMode: Proxy`). */
  ingress: 'ip' | 'two' | 'proxied' | 'mixed' | 'hostname' | 'pending';
  /** It shares its ingress address with others, on ports of its own: their health checks are on one port. */
  sharesIngress: boolean;
  preserveDestination: boolean;
  /** Count of EndpointSlices that the endpoints are spread over. */
  slices: number;
  /** One endpoint stands in two slices, as while the controller moves it. */
  overlap: boolean;
  dual: boolean;
}

/** Everything that makes one cluster; the same plan makes the same cluster. */
export interface ClusterPlan {
  cni: CniKind;
  proxy: ProxyFlags;
  dualStack: boolean;
  nodes: NodePlan[];
  services: ServicePlan[];
  /** Pods on each Windows node that no Service selects. */
  idlePods: number;
}
