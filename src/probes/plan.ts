import type {Cluster, Place, ServedService} from './places.ts';
import {clusterDnsOf, placesOf, servedServices} from './places.ts';
import {draw, hashOf} from './draw.ts';
import type {Link} from './sample.ts';
import {DEFAULT_LINKS, chanceToMiss, chooseFor, chooseLinks} from './sample.ts';
import type {Leg, PlanGap, Probe, ProbePlan, Protocol, Target, Vantage} from './types.ts';

/** What is asked of a plan. */
export interface PlanOptions {
  /** How many links with others each node has, on average and in each direction; all of them where it is `full`. */
  readonly links?: number | 'full';
  /** Another number draws other links. */
  readonly round?: number;
  /** Further addresses or names, as the user has them: nothing outside the cluster is tried without being named. */
  readonly targets?: readonly {readonly host: string; readonly port: number}[];
  /** Suffix of the cluster's names. */
  readonly domain?: string;
}

/** Services that each node tries. Every Service is tried by some node where there are as many nodes as a third of them. */
const SERVICES_PER_NODE = 3;
/** DNS servers that each node asks by themselves. */
const DNS_BACKENDS_PER_NODE = 2;
/** Nodes that try what lies outside of the cluster: somebody else's server should see no fleet. */
const OUTBOUND_NODES = 6;
/** Kubernetes' default (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */
const DEFAULT_DOMAIN = 'cluster.local';
const DNS_PORT = 53;

/** Plans what guide 001 tries by hand, for a fleet: which connections, from where, and what they leave unseen. */
export function planProbes(cluster: Cluster, options: PlanOptions = {}): ProbePlan {
  const services = servedServices(cluster);
  const places = placesOf(cluster, services);
  const others = Math.max(0, places.length - 1);
  const perNode = options.links === 'full' ? 2 * others : (options.links ?? DEFAULT_LINKS);
  const round = options.round ?? 0;
  const plan = new Plan({places, services, round, domain: options.domain ?? DEFAULT_DOMAIN});
  plan.links(chooseLinks(places, {perNode, round}));
  for (const place of places) plan.from(place);
  for (const target of options.targets ?? []) plan.outbound(target);
  return {
    probes: plan.probes,
    gaps: plan.gaps,
    nodes: places.length,
    chanceToMiss: chanceToMiss(places.length, perNode),
  };
}

interface Facts {
  places: readonly Place[];
  services: readonly ServedService[];
  round: number;
  domain: string;
}

class Plan {
  readonly probes: Probe[] = [];
  readonly gaps: PlanGap[] = [];
  readonly #ids = new Set<string>();
  readonly #facts: Facts;
  readonly #byName: ReadonlyMap<string, Place>;
  readonly #dns: ServedService | undefined;
  readonly #api: ServedService | undefined;
  readonly #nodePorts: readonly ServedService[];
  /** One Service of each namespace. */
  readonly #byNamespace: ReadonlyMap<string, ServedService>;
  readonly #hashes: Uint32Array;
  readonly #nodePortHashes: Uint32Array;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#byName = new Map(facts.places.map(p => [p.name, p]));
    this.#dns = clusterDnsOf(facts.services);
    this.#api = facts.services.find(({vip: {of}}) => of.namespace === 'default' && of.name === 'kubernetes');
    this.#nodePorts = facts.services.filter(s => s.nodePort !== undefined);
    this.#byNamespace = new Map(facts.services.map(s => [s.vip.of.namespace ?? '', s]));
    this.#hashes = hashesOf(facts.services);
    this.#nodePortHashes = hashesOf(this.#nodePorts);
  }

  /** Links between nodes: hosts and pods of those chosen try a pod of each node, and its node port. */
  links(links: readonly Link[]): void {
    const chosen = Map.groupBy(links, l => l.to);
    for (const place of this.#facts.places) {
      const [target] = place.served;
      if (!target) this.#gap('pod-other-node', place, 'no pod of this node serves a TCP port');
      const froms = (chosen.get(place.name) ?? []).flatMap(l => this.#byName.get(l.from) ?? []);
      for (const from of froms) {
        if (!target) break;
        this.#add('node-to-pod', from.host, target);
        if (from.pod) this.#add('pod-other-node', from.pod, target);
      }
      this.#nodePort(place, froms);
    }
  }

  /** What each node tries: a pod of its own, Services and their backends, names, DNS servers, the API server. */
  from(place: Place): void {
    const services = this.#servicesFor(place);
    this.#hostToService(place, services[0]);
    const {pod} = place;
    if (!pod) {
      this.#gap('cluster-ip', place, 'no pod with a network of its own is ready on this node');
      return;
    }
    const neighbour = place.served.find(({of}) => !isPod(of, pod));
    if (neighbour) this.#add('pod-same-node', pod, neighbour);
    else this.#gap('pod-same-node', place, 'no second pod of this node serves a TCP port');
    for (const service of services) {
      this.#add('cluster-ip', pod, service.vip);
      const [backend] = drawnTargets(service.backends, `${place.name} ${service.vip.host}`, 1);
      if (backend) this.#add('backend', pod, backend);
    }
    if (this.#api) this.#add('api-server', pod, this.#api.vip);
    this.#names(place, pod, services[0]);
  }

  outbound(target: {host: string; port: number}): void {
    const {places, round} = this.#facts;
    const withPods = places.filter(p => p.pod);
    const to = {...target, of: {kind: 'Target', name: `${target.host}:${target.port}`}};
    for (const name of chooseFor(to.of.name, withPods, {count: OUTBOUND_NODES, round})) {
      const pod = this.#byName.get(name)?.pod;
      if (pod) this.#add('outbound', pod, to);
    }
  }

  #names({name}: Place, pod: Vantage, service: ServedService | undefined): void {
    const {domain} = this.#facts;
    if (!this.#dns) {
      this.gaps.push({
        leg: 'dns-vip',
        node: name,
        detail: 'the Service of cluster DNS has no ready pod, or is not known',
      });
      return;
    }
    const server = {...this.#dns.vip, port: DNS_PORT};
    const known = `kubernetes.default.svc.${domain}`;
    this.#ask('dns-vip', pod, server, {protocol: 'dns-udp', query: known});
    this.#ask('dns-vip', pod, server, {protocol: 'dns-tcp', query: known});
    for (const backend of drawnTargets(this.#dns.backends, name, DNS_BACKENDS_PER_NODE))
      this.#ask('dns-backend', pod, backend, {protocol: 'dns-udp', query: known});
    if (service) {
      const {namespace = '', name: of} = service.vip.of;
      this.#ask('full-name', pod, server, {protocol: 'dns-udp', query: `${of}.${namespace}.svc.${domain}`});
    }
    const own = this.#byNamespace.get(pod.pod?.namespace ?? '');
    if (own) this.#ask('short-name', pod, server, {protocol: 'dns-udp', query: own.vip.of.name});
  }

  /** A Windows host reaches no Service whose pods it runs (guide 001), so such a one is tried last of all. */
  #hostToService(place: Place, service: ServedService | undefined): void {
    if (!service) return;
    const runsIt = service.backends.some(b => b.node === place.name);
    const probe = {leg: 'host-cluster-ip', from: place.host, to: service.vip, protocol: 'tcp'} as const;
    this.#push(place.os === 'windows' && runsIt ? {...probe, byDesign: true} : probe);
  }

  #nodePort(place: Place, froms: readonly Place[]): void {
    const [service] = drawnFrom(this.#nodePorts, {
      hashes: this.#nodePortHashes,
      drawer: place.name,
      count: 1,
    });
    // From outside of the node: a Linux host first, as the guide does it.
    const from = froms.find(f => f.os === 'linux') ?? froms[0];
    if (!service?.nodePort || !from || place.address === undefined) return;
    // With the policy Local a node without a pod of the Service answers nobody, by design.
    const isLocal = service.service.spec.externalTrafficPolicy === 'Local';
    if (isLocal && !service.backends.some(b => b.node === place.name)) return;
    const {name, os, address: host} = place;
    this.#add('node-port', from.host, {host, port: service.nodePort, node: name, os, of: service.vip.of});
  }

  #servicesFor({name}: Place): readonly ServedService[] {
    const {services, round} = this.#facts;
    return drawnFrom(services, {hashes: this.#hashes, drawer: `${round} ${name}`, count: SERVICES_PER_NODE});
  }

  #add(leg: Leg, from: Vantage, to: Target): void {
    this.#push({leg, from, to, protocol: 'tcp'});
  }

  #ask(leg: Leg, from: Vantage, to: Target, what: {protocol: Protocol; query: string}): void {
    this.#push({leg, from, to, ...what});
  }

  #push(probe: Omit<Probe, 'id'>): void {
    const id = idOf(probe);
    // Two Services may have one backend.
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.probes.push({id, ...probe});
  }

  #gap(leg: Leg, {name}: Place, detail: string): void {
    this.gaps.push({leg, node: name, detail});
  }
}

function drawnFrom<T>(
  items: readonly T[],
  {hashes, drawer, count}: {hashes: Uint32Array; drawer: string; count: number},
): T[] {
  return draw(hashes, drawer, count).flatMap(i => items[i] ?? []);
}

function hashesOf(services: readonly ServedService[]): Uint32Array {
  return Uint32Array.from(services, s => hashOf(s.vip.host));
}

function drawnTargets(targets: readonly Target[], drawer: string, count: number): Target[] {
  return drawnFrom(targets, {hashes: Uint32Array.from(targets, t => hashOf(t.host)), drawer, count});
}

function isPod(of: Target['of'], {pod}: Vantage): boolean {
  return pod !== undefined && of.namespace === pod.namespace && of.name === pod.name;
}

function idOf({leg, from, to, protocol, query}: Omit<Probe, 'id'>): string {
  const at = from.pod ? `${from.node}/${from.pod.namespace}/${from.pod.name}` : from.node;
  return [leg, at, `${to.host}:${to.port}`, protocol, ...(query === undefined ? [] : [query])].join(' ');
}
