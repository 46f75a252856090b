import type {EndpointSlice, Service, ServicePort} from '../kube/types.ts';
import {slicesByService, slicesOf} from '../kube/services.ts';
import {compareText} from '../text/compare.ts';
import type {IpFamily} from './family.ts';
import {familyOf} from './family.ts';

/** An endpoint of one port of a Service. */
export interface ServiceEndpoint {
  readonly ip: string;
  readonly port: number;
  readonly nodeName?: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** One port of a Service in one address family, as kube-proxy holds it. */
export interface ServicePortView {
  readonly service: Service;
  readonly port: ServicePort;
  /** Position among the ports of the Service. */
  readonly index: number;
  readonly family: IpFamily;
  readonly clusterIp: string;
  /** Sorted as kube-proxy sorts them: by `ip:port` as text. */
  readonly endpoints: readonly ServiceEndpoint[];
  readonly externalIps: readonly string[];
  readonly ingressIps: readonly string[];
  /** Addresses of ingress that nodes do not balance (`ipMode: Proxy`, KEP-1860); older kube-proxies on Windows make no difference. */
  readonly proxiedIps: ReadonlySet<string>;
}

/** Labels by which other programs take Services, or EndpointSlices, for theirs: kube-proxy does not see them. */
const NOT_OURS = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'] as const;

/** Whether kube-proxy makes load balancers for a Service: not where it is headless, an alias, or somebody else's. */
export function isProxied({metadata, spec}: Service): boolean {
  if (spec.type === 'ExternalName' || !spec.clusterIP || spec.clusterIP === 'None') return false;
  return isOurs(metadata);
}

function isOurs({labels}: {labels?: Record<string, string>}): boolean {
  return !NOT_OURS.some(label => labels !== undefined && Object.hasOwn(labels, label));
}

const views = new WeakMap<
  readonly Service[],
  {slices: readonly EndpointSlice[]; ports: readonly ServicePortView[]}
>();

/** Every port that kube-proxy serves, in each family that its Service has. They are the same for all nodes: made once. */
export function servicePorts(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
): readonly ServicePortView[] {
  const known = views.get(services);
  if (known?.slices === slices) return known.ports;
  const byService = slicesByService(slices.filter(s => isOurs(s.metadata)));
  const ports = services.filter(isProxied).flatMap(s => portsOf(s, slicesOf(s, byService)));
  views.set(services, {slices, ports});
  return ports;
}

function portsOf(service: Service, slices: readonly EndpointSlice[]): ServicePortView[] {
  const {spec, status} = service;
  const ingress = status.loadBalancer?.ingress ?? [];
  const addresses = ingress.flatMap(({ip}) => (ip ? [ip] : []));
  const proxied = ingress.flatMap(({ip, ipMode}) => (ip && ipMode === 'Proxy' ? [ip] : []));
  const external = spec.externalIPs ?? [];
  return clusterIpsOf(service).flatMap(clusterIp => {
    const family = familyOf(clusterIp);
    const own = slices.filter(s => (s.addressType ?? 'IPv4') === family);
    return (spec.ports ?? []).map((port, index) => ({
      service,
      port,
      index,
      family,
      clusterIp,
      endpoints: endpointsOf(own, port),
      externalIps: external,
      ingressIps: addresses,
      proxiedIps: new Set(proxied),
    }));
  });
}

/** The first address of each family: a Service has one of each at most. */
function clusterIpsOf({spec}: Service): string[] {
  const all = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ''];
  return [...new Map(all.filter(ip => ip !== '' && ip !== 'None').map(ip => [familyOf(ip), ip])).values()];
}

/** A missing condition means ready; an endpoint of several slices counts once. */
function endpointsOf(slices: readonly EndpointSlice[], wanted: ServicePort): ServiceEndpoint[] {
  const found = new Map<string, ServiceEndpoint>();
  for (const slice of slices) {
    for (const {name = '', port, protocol = 'TCP'} of slice.ports ?? []) {
      if (port === undefined || name !== (wanted.name ?? '') || protocol !== (wanted.protocol ?? 'TCP'))
        continue;
      for (const {addresses, conditions, nodeName} of slice.endpoints ?? []) {
        const [ip] = addresses ?? [];
        if (ip === undefined) continue;
        const ready = conditions?.ready ?? true;
        found.set(`${ip} ${port}`, {
          ip,
          port,
          ready,
          serving: conditions?.serving ?? ready,
          terminating: conditions?.terminating ?? false,
          ...(nodeName !== undefined && {nodeName}),
        });
      }
    }
  }
  if (found.size < 2) return [...found.values()];
  const sorted = [...found.values()].map(e => [`${e.ip}:${e.port}`, e] as const);
  return sorted.sort(([a], [b]) => compareText(a, b)).map(([, endpoint]) => endpoint);
}
