/**
 * Where an object stands in the answers of HNS: its position in the v2 file (`hns/endpoints.json`) and in the v1 file
 * (`hns/v1-endpoints.json`). One object may be in both; a finding points at the file that has the field it speaks of.
 */
export interface HnsPlace {
  readonly v2?: number;
  readonly v1?: number;
  /** Fields of the model that are v1's although the object is in both files, for v2 says nothing of them. */
  readonly fromV1?: readonly string[];
}

/** The two generations of HNS's answers. */
export type HnsGeneration = 'v1' | 'v2';

/** A policy of a network, a subnet or an endpoint. v1 names are given as v2 ones (`ROUTE` is `SDNRoute`, `PA` is `ProviderAddress`). */
export interface HnsPolicy {
  /** As v2 spells it: `OutBoundNAT`, `SDNRoute`, `ProviderAddress`, `RemoteSubnetRoute`, `PortMapping`, `VlanPolicy`, … */
  readonly type: string;
  /** Its settings under v2's names; what is not known keeps its own. Integers beyond 2^53 are texts. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A route of an endpoint or a subnet. */
export interface HnsRoute {
  /** CIDR. */
  readonly destination: string;
  readonly nextHop: string;
  readonly metric?: number;
}

/** A subnet of a network. */
export interface HnsSubnet {
  /** CIDR. */
  readonly prefix: string;
  readonly gateway?: string;
  /** Virtual subnet of an overlay: the VNI. */
  readonly vsid?: number;
  readonly policies: readonly HnsPolicy[];
  readonly routes: readonly HnsRoute[];
}

/** A switch extension, known by its id, for names are localised. */
export interface HnsExtension {
  /** GUID in lower case without braces. */
  readonly id: string;
  readonly enabled: boolean;
  readonly name?: string;
}

/** Types of networks in lower case (`facts/hns.md` §3). Anything else is kept as it came, in lower case. */
export type HnsNetworkType =
  | 'nat'
  | 'ics'
  | 'transparent'
  | 'l2bridge'
  | 'l2tunnel'
  | 'overlay'
  | 'private'
  | 'internal'
  | (string & {});

/** A network. Ids are GUIDs in lower case without braces, here as everywhere. */
export interface HnsNetwork {
  readonly id: string;
  readonly name: string;
  readonly type: HnsNetworkType;
  /** v1 only: 0 uninitialised, 1 created, 2 degraded, 3 destroyed. */
  readonly state?: number;
  /** v1 only. */
  readonly managementIps: readonly string[];
  readonly adapter?: string;
  readonly subnets: readonly HnsSubnet[];
  readonly policies: readonly HnsPolicy[];
  /** v1 and v2's `Health.Extra`; empty where the answer does not say. */
  readonly extensions: readonly HnsExtension[];
  /** DNS servers. */
  readonly dns: readonly string[];
  readonly dnsSuffix?: string;
  /** MTU of the external adapter, as v1's allocators give it. */
  readonly mtu?: number;
  readonly drMac?: string;
  readonly flags?: number;
  /** Code of the last error in `Health`, where it is not 0. */
  readonly lastError?: number;
  readonly at: HnsPlace;
}

/** What a CNI plug-in told HNS of an endpoint's pod (Antrea's `AdditionalParams`). */
export interface HnsOwner {
  readonly container?: string;
  readonly pod?: string;
  readonly namespace?: string;
}

/** An endpoint: a port of a network, of a pod here, of the host, or (remote) of a pod or a node elsewhere. */
export interface HnsEndpoint {
  readonly id: string;
  readonly name: string;
  readonly network: string;
  readonly networkName?: string;
  /** IPv4 and IPv6 addresses without prefix lengths. */
  readonly ips: readonly string[];
  /** In lower case with dashes, as HNS prints it. */
  readonly mac?: string;
  readonly remote: boolean;
  /** v1 only: 0 uninitialised, 1 created, 2 attached, 3 attached sharing (a pod's in order), 4 detached, 5 degraded, 6 destroyed. */
  readonly state?: number;
  /** GUID of its namespace. */
  readonly namespace?: string;
  /** v1 only: ids of containers that share it; undefined where the answer does not say. */
  readonly sharedContainers?: readonly string[];
  readonly policies: readonly HnsPolicy[];
  readonly dns: readonly string[];
  /** DNS suffixes (the search list), in order. */
  readonly dnsSuffixes: readonly string[];
  readonly gateways: readonly string[];
  readonly routes: readonly HnsRoute[];
  /** v1 only: bytes that encapsulation takes of the MTU. */
  readonly encapOverhead?: number;
  /** v1 only: the VFP port (`EndpointPortGuid`). */
  readonly port?: string;
  /** v1 only: the compartment of that port. */
  readonly compartment?: number;
  /** v1 only: when HNS began to make it, RFC 3339. */
  readonly createdAt?: string;
  readonly flags?: number;
  readonly owner?: HnsOwner;
  readonly at: HnsPlace;
}

/** A network namespace: one compartment. */
export interface HnsNamespace {
  readonly id: string;
  /** Compartment, as the operating system counts them. */
  readonly compartment?: number;
  /** v2: `Host`, `HostDefault`, `Guest`, `GuestDefault`. */
  readonly type?: string;
  readonly isDefault: boolean;
  /** Ids of endpoints. */
  readonly endpoints: readonly string[];
  /** Ids of containers. v1 only. */
  readonly containers: readonly string[];
  /** v1 only: 1 is well, 4 was seen when stuck. */
  readonly state?: number;
  readonly at: HnsPlace;
}

/** One port of a load balancer. */
export interface HnsPortMapping {
  /** IP protocol: 6 TCP, 17 UDP, 132 SCTP. */
  readonly protocol: number;
  /** Port of the backends. */
  readonly internal: number;
  /** Port of the VIP. */
  readonly external: number;
  /** 0 five-tuple, 1 source IP and protocol, 2 source IP (ClientIP affinity). */
  readonly distribution: number;
  /** 1 ILB, 2 LocalRoutedVIP, 4 UseMux, 8 PreserveDIP, 16 VipExternalIP. */
  readonly flags: number;
}

/** A load balancer (v1: a policy list of type ELB). */
export interface HnsLoadBalancer {
  readonly id: string;
  /** Virtual IPs; none for a node port. */
  readonly vips: readonly string[];
  /** Ids of endpoints. */
  readonly endpoints: readonly string[];
  readonly ports: readonly HnsPortMapping[];
  readonly sourceVip?: string;
  readonly dsr: boolean;
  readonly ipv6: boolean;
  /** v1 only: 2 is in order. */
  readonly state?: number;
  readonly at: HnsPlace;
}

/** An SDN route object of HCN. */
export interface HnsSdnRoute {
  readonly id: string;
  readonly endpoints: readonly string[];
  readonly routes: readonly {
    readonly destination: string;
    readonly nextHop?: string;
    readonly needEncap?: boolean;
  }[];
  readonly at: HnsPlace;
}

/** Version of HNS, as `GET /globals/version` has it; it maps to no build one to one. */
export interface HnsVersion {
  readonly major: number;
  readonly minor: number;
}

/** Everything that HNS has on one node. What it did not answer is empty here; the evidence says so. */
export interface HnsModel {
  readonly networks: readonly HnsNetwork[];
  readonly endpoints: readonly HnsEndpoint[];
  readonly namespaces: readonly HnsNamespace[];
  readonly loadBalancers: readonly HnsLoadBalancer[];
  readonly sdnRoutes: readonly HnsSdnRoute[];
  readonly version?: HnsVersion;
}
