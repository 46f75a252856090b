import {ipKey} from '../kube/ip.ts';
import type {Service, ServicePort} from '../kube/types.ts';
import type {IpFamily} from './family.ts';

/** What a load balancer is for, as kube-proxy tells them apart. */
export type LoadBalancerKind = 'ClusterIP' | 'NodePort' | 'ExternalIP' | 'Ingress' | 'HealthCheck';

/** An endpoint that a load balancer sends to. */
export interface ExpectedBackend {
  readonly ip: string;
  readonly port: number;
  readonly nodeName?: string;
  /** Versions of kube-proxy differ over it (it ends, or serves without being ready): it may be there or not. */
  readonly optional: boolean;
}

/** A load balancer that kube-proxy makes on a node. */
export interface ExpectedLoadBalancer {
  /** Family, VIP, protocol and external port: HNS takes each once. */
  readonly key: string;
  readonly kind: LoadBalancerKind;
  readonly service: Service;
  readonly port: ServicePort;
  /** Position of the port among those of the Service. */
  readonly index: number;
  readonly family: IpFamily;
  /** Empty for a node port. */
  readonly vip: string;
  /** IP protocol: 6 TCP, 17 UDP, 132 SCTP. */
  readonly protocol: number;
  readonly externalPort: number;
  /** HNS takes one port for all backends; where they differ, any of these is as kube-proxy does it. */
  readonly internalPorts: readonly number[];
  readonly backends: readonly ExpectedBackend[];
  /** What answers health checks, in place of backends: the endpoint of this name, while the node can reach any of these. */
  readonly root?: {readonly name: string; readonly while: readonly ExpectedBackend[]};
  /** Undefined where kube-proxy's configuration is not known. */
  readonly dsr: boolean | undefined;
  /** 0 five-tuple, 2 source IP. */
  readonly distribution: 0 | 2;
  /** Flags of the port mapping: 2 LocalRoutedVIP, 4 UseMux, 8 PreserveDIP, 16 VipExternalIP. */
  readonly portFlags: number;
  /** Why it is in order, too, where it is not there. */
  readonly mayBeAbsent?: string;
  /** Another Service wants the same address and port. */
  readonly isShared?: true;
  /** Why its backends may be those of an earlier moment. */
  readonly anyBackends?: string;
}

/** Number of a protocol in HNS; 0 for what it does not know. */
export function protocolNumber(protocol: string | undefined): number {
  switch (protocol ?? 'TCP') {
    case 'TCP':
      return 6;
    case 'UDP':
      return 17;
    case 'SCTP':
      return 132;
    default:
      return 0;
  }
}

/** Name of a protocol by its number. */
export function protocolName(protocol: number): string {
  return {6: 'TCP', 17: 'UDP', 132: 'SCTP'}[protocol] ?? `protocol ${protocol}`;
}

/** The identity of a load balancer in HNS: a node port has no VIP, so that its family tells two apart. */
export function keyOf(frontend: {vip: string; family: IpFamily; protocol: number; port: number}): string {
  return `${frontend.vip ? ipKey(frontend.vip) : frontend.family} ${frontend.protocol} ${frontend.port}`;
}
