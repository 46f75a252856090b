import type {IpFamily} from './family.ts';
import {familyOf} from './family.ts';
import type {Backends, Policies} from './backends.ts';
import type {HnsFeatures} from './features.ts';
import type {ExpectedBackend, ExpectedLoadBalancer, LoadBalancerKind} from './load-balancer.ts';
import {keyOf, protocolNumber} from './load-balancer.ts';
import type {ServicePortView} from './service-ports.ts';

const SCTP = 132;
const ANNOTATION = 'preserve-destination';
/** Flags of port mappings by kind; `preserve-destination` adds UseMux and PreserveDIP. */
const FLAGS: Readonly<Record<LoadBalancerKind, number>> = {
  ClusterIP: 0,
  NodePort: 2 + 16,
  ExternalIP: 16,
  Ingress: 16,
  HealthCheck: 0,
};
const PRESERVE_FLAGS = 4 + 8;

/** What of kube-proxy and HNS decides how load balancers look; the same for all nodes that are alike. */
export interface ProxyTraits {
  /** Undefined where it is not known. */
  dsr: boolean | undefined;
  forwardHealthcheckVip: boolean | undefined;
  rootEndpoint: string | undefined;
  /** Port of health checks of Services that have none of their own. */
  healthPort: number | undefined;
  features: HnsFeatures;
  /** Families that are surely served; load balancers of others may be there. */
  families: readonly IpFamily[];
  /** Families that are surely not served. */
  without: readonly IpFamily[];
}

/** The policies of a port's Service that kube-proxy goes by. Without direct server return it keeps none of the local ones. */
export function policiesOf({service}: ServicePortView, {dsr}: HnsFeatures): Policies {
  const {spec, metadata} = service;
  return {
    externalLocal: spec.externalTrafficPolicy === 'Local' && dsr !== false,
    internalLocal: spec.internalTrafficPolicy === 'Local',
    preserveDestination: metadata.annotations?.[ANNOTATION] === 'true' && dsr !== false,
  };
}

/** Load balancers of one port, in the order in which kube-proxy makes them. */
export function* frontendsOf(
  view: ServicePortView,
  backends: Backends,
  traits: ProxyTraits,
): Generator<ExpectedLoadBalancer> {
  const {service, port, clusterIp, family} = view;
  if (traits.without.includes(family)) return;
  const protocol = protocolNumber(port.protocol);
  if (protocol === 0) return;
  const policies = policiesOf(view, traits.features);
  const make = makerFor(view, {protocol, backends, policies, traits});
  yield make('ClusterIP', clusterIp, port.port, backends.clusterIp);
  if (port.nodePort) yield make('NodePort', '', port.nodePort, backends.nodePort);
  for (const ip of view.externalIps) yield make('ExternalIP', ip, port.port, backends.externalIp);
  for (const ip of view.ingressIps) {
    yield make('Ingress', ip, port.port, backends.ingress);
    const health = service.spec.healthCheckNodePort || traits.healthPort;
    if (traits.forwardHealthcheckVip !== false && health)
      yield make('HealthCheck', ip, health, backends.ingress);
  }
}

interface Making {
  protocol: number;
  backends: Backends;
  policies: Policies;
  traits: ProxyTraits;
}

type Make = (
  kind: LoadBalancerKind,
  vip: string,
  externalPort: number,
  backends: readonly ExpectedBackend[],
) => ExpectedLoadBalancer;

function makerFor(view: ServicePortView, {protocol, backends: all, policies, traits}: Making): Make {
  const {service, port, index, family} = view;
  const affinity = service.spec.sessionAffinity === 'ClientIP' ? 2 : 0;
  const {externalLocal, preserveDestination} = policies;
  const hasLocalPolicy = externalLocal || preserveDestination;
  const dsrOf: Record<LoadBalancerKind, boolean | undefined> = {
    ClusterIP: traits.dsr,
    NodePort: externalLocal,
    ExternalIP: externalLocal,
    Ingress: externalLocal || preserveDestination,
    HealthCheck: false,
  };
  return (kind, vip, externalPort, backends) => {
    const isHealth = kind === 'HealthCheck';
    const preserves = preserveDestination && (kind === 'Ingress' || isHealth);
    const available = kind === 'ClusterIP' || all.available;
    const isUnsure = kind !== 'ClusterIP' && !isHealth && hasLocalPolicy && traits.features.dsr === undefined;
    const absent = isUnsure ? UNSURE : absence(view, {kind, vip, backends, available, protocol, traits});
    return {
      key: keyOf({vip, family, protocol, port: externalPort}),
      kind,
      service,
      port,
      index,
      family,
      vip,
      protocol,
      externalPort,
      internalPorts: isHealth ? [externalPort] : portsOf(view, backends),
      backends: isHealth ? [] : backends,
      ...(isHealth && {root: {name: traits.rootEndpoint ?? '', while: backends}}),
      dsr: isUnsure ? undefined : dsrOf[kind],
      distribution: isHealth ? 0 : affinity,
      portFlags: FLAGS[kind] + (preserves ? PRESERVE_FLAGS : 0),
      ...(absent !== undefined && {mayBeAbsent: absent}),
      ...(isUnsure ? {anyBackends: UNSURE} : staleOf(kind, available, traits)),
    };
  };
}

/** Without direct server return kube-proxy keeps no policy that is for one node's pods only. */
const UNSURE = 'whether HNS can do direct server return is not known';

/** What of older versions may still stand, as kube-proxy neither changes nor deletes it (HNS 15.4, loadbalancer.go). */
function staleOf(
  kind: LoadBalancerKind,
  available: boolean,
  {features}: ProxyTraits,
): {anyBackends?: string} {
  if (kind === 'HealthCheck') return {anyBackends: 'it has the root endpoint'};
  if (available || features.modifyLoadBalancer === false) return {};
  return {anyBackends: 'all endpoints end, and kube-proxy leaves the load balancer as it was'};
}

interface Presence {
  kind: LoadBalancerKind;
  vip: string;
  backends: readonly ExpectedBackend[];
  available: boolean;
  protocol: number;
  traits: ProxyTraits;
}

function absence(
  {family, proxiedIps}: ServicePortView,
  {kind, vip, backends, available, protocol, traits}: Presence,
): string | undefined {
  if (!available) return 'all endpoints end, or none serves';
  if (kind === 'HealthCheck' && traits.forwardHealthcheckVip !== true) {
    return 'whether health checks are forwarded is not known';
  }
  if (backends.every(b => b.optional)) return 'no endpoint is ready';
  if (protocol === SCTP) return 'Windows does not support SCTP';
  if (vip !== '' && proxiedIps.has(vip)) return 'its address is balanced elsewhere (ipMode Proxy)';
  if (vip !== '' && familyOf(vip) !== family) return 'its address is of another family than its endpoints';
  if (!traits.families.includes(family)) return `whether ${family} is served is not known`;
  return undefined;
}

/** Older versions keep a numeric target port, newer ones take that of an endpoint. */
function portsOf({port}: ServicePortView, backends: readonly ExpectedBackend[]): number[] {
  const ports = new Set(backends.map(b => b.port));
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') ports.add(target);
  return [...ports];
}
