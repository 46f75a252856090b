import type {KubeObject, LabelSelector} from './object.ts';

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  targetPort?: number | string;
  nodePort?: number;
}

export interface Service extends KubeObject {
  kind: 'Service';
  spec: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    externalIPs?: string[];
    externalName?: string;
    selector?: Record<string, string>;
    ports?: ServicePort[];
    externalTrafficPolicy?: string;
    internalTrafficPolicy?: string;
    sessionAffinity?: string;
    healthCheckNodePort?: number;
    ipFamilies?: string[];
    publishNotReadyAddresses?: boolean;
    loadBalancerClass?: string;
  };
  status: {loadBalancer?: {ingress?: {ip?: string; hostname?: string; ipMode?: string}[]}};
}

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: {cidr: string; except?: string[]};
}

export interface NetworkPolicyPort {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}

export interface NetworkPolicy extends KubeObject {
  kind: 'NetworkPolicy';
  spec: {
    podSelector?: LabelSelector;
    policyTypes?: string[];
    ingress?: {from?: NetworkPolicyPeer[]; ports?: NetworkPolicyPort[]}[];
    egress?: {to?: NetworkPolicyPeer[]; ports?: NetworkPolicyPort[]}[];
  };
}

export interface EndpointSlice extends KubeObject {
  kind: 'EndpointSlice';
  addressType?: string;
  endpoints?: {
    addresses?: string[];
    conditions?: {ready?: boolean; serving?: boolean; terminating?: boolean};
    nodeName?: string;
    targetRef?: {kind?: string; namespace?: string; name?: string};
  }[];
  ports?: {name?: string; port?: number; protocol?: string}[];
}
