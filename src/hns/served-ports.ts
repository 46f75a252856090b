import type {Service, ServicePort} from '../kube/types.ts';
import type {HnsLoadBalancer, HnsPortMapping} from './model.ts';
import {once} from '../once/once.ts';

/** Which of a Service's addresses a load balancer stands for. */
export type ServedAs = 'clusterIP' | 'externalIP' | 'ingress' | 'nodePort' | 'healthCheck';

/** A port of a Service, as kube-proxy programs it. */
export interface ServedPort {
  readonly service: Service;
  /** Position in `spec.ports`; none of a health check. */
  readonly index?: number;
  readonly as: ServedAs;
}

/** Numbers of IP protocols by the names that Services have. */
const PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
]);

/** Where kube-proxy answers health checks that have no port of their own (`--healthz-bind-address`). */
const HEALTHZ_PORT = 10_256;

/** Looks up what load balancers are for. Made once for all nodes. */
export class ServedPorts {
  readonly #byFront = new Map<string, ServedPort[]>();

  constructor(services: readonly Service[]) {
    for (const service of services) for (const [front, served] of frontsOf(service)) this.#add(front, served);
  }

  /** The ports of Services that a load balancer is for; several where they share an address. */
  of({vips, ports}: HnsLoadBalancer): readonly ServedPort[] {
    // A node port has no address.
    const addresses = vips.length === 0 ? [''] : vips;
    const found = addresses.flatMap(vip =>
      ports.flatMap(port => this.#byFront.get(frontOf(vip, port)) ?? []),
    );
    return found.length < 2 ? found : [...new Set(found)];
  }

  #add(front: string, served: ServedPort): void {
    const known = this.#byFront.get(front);
    if (known) known.push(served);
    else this.#byFront.set(front, [served]);
  }
}

/** The table of a list of Services; it is made once. */
export const servedPorts = once((services: readonly Service[]): ServedPorts => new ServedPorts(services));

function frontOf(vip: string, {protocol, external}: Pick<HnsPortMapping, 'protocol' | 'external'>): string {
  return `${vip}|${protocol}|${external}`;
}

function* frontsOf(service: Service): Generator<[string, ServedPort]> {
  const {spec, status} = service;
  const ingress = addresses((status.loadBalancer?.ingress ?? []).map(({ip}) => ip));
  const groups: [ServedAs, string[]][] = [
    ['clusterIP', addresses([spec.clusterIP, ...(spec.clusterIPs ?? [])])],
    ['externalIP', addresses(spec.externalIPs ?? [])],
    ['ingress', ingress],
  ];
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const protocol = protocolOf(port);
    for (const [as, vips] of groups)
      for (const vip of vips) yield [frontOf(vip, {protocol, external: port.port}), {service, index, as}];
    if (port.nodePort !== undefined && port.nodePort !== 0)
      yield [frontOf('', {protocol, external: port.nodePort}), {service, index, as: 'nodePort'}];
  }
  const external = spec.healthCheckNodePort || HEALTHZ_PORT;
  for (const protocol of new Set((spec.ports ?? []).map(protocolOf)))
    for (const vip of ingress) yield [frontOf(vip, {protocol, external}), {service, as: 'healthCheck'}];
}

function protocolOf({protocol = 'TCP'}: ServicePort): number {
  return PROTOCOL_NUMBERS.get(protocol.toUpperCase()) ?? 0;
}

function addresses(ips: readonly (string | undefined)[]): string[] {
  const real = ips.flatMap(ip => (ip === undefined || ip === '' || ip === 'None' ? [] : [ip.toLowerCase()]));
  return [...new Set(real)];
}
