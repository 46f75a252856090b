import {draw, drawOne, hashOf} from './draw.ts';
import type {Place, ServedService} from './places.ts';
import {clusterDnsOf, isSameFamily} from './places.ts';
import type {Link} from './sample.ts';
import {chooseFor} from './sample.ts';
import type {UserTarget} from './targets.ts';
import type {Leg, PlanGap, Probe, Target, Vantage} from './types.ts';

/** DNS servers that each node asks by themselves, of both families together. */
const DNS_BACKENDS_PER_NODE = 2;
/** Nodes that try what lies outside of the cluster: somebody else's server should see no fleet. */
const OUTBOUND_NODES = 6;
const DNS_PORT = 53;
/** Every kubelet listens here unless told otherwise (https://kubernetes.io/docs/reference/networking/ports-and-protocols/). */
const KUBELET_PORT = 10_250;

/** What connections are planned of. */
export interface Facts {
  readonly places: readonly Place[];
  readonly services: readonly ServedService[];
  /** Services without an address. */
  readonly headless: readonly {readonly namespace: string; readonly name: string}[];
  readonly round: number;
  /** Suffix of the cluster's names. */
  readonly domain: string;
  /** Tries of connections that latency and loss are measured by. */
  readonly tries: number;
  /** Services that each node tries. */
  readonly servicesPerNode: number;
}
/** Puts connections together, each once. */
export class Planner {
  readonly probes: Probe[] = [];
  readonly gaps: PlanGap[] = [];
  /** Ids of what the present node tries for itself: only these may come twice. */
  readonly #own = new Set<string>();
  readonly #facts: Facts;
  readonly #byName: ReadonlyMap<string, Place>;
  readonly #dns: ServedService | undefined;
  readonly #api: ServedService | undefined;
  readonly #nodePorts: readonly ServedService[];
  /** One Service of each namespace. */
  readonly #byNamespace: ReadonlyMap<string, ServedService>;
  readonly #hashes: Uint32Array;
  readonly #nodePortHashes: Uint32Array;
  readonly #headlessHashes: Uint32Array;
  readonly #backendNodes = new Map<ServedService, ReadonlySet<string | undefined>>();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#byName = new Map(facts.places.map(p => [p.name, p]));
    this.#dns = clusterDnsOf(facts.services);
    this.#api = facts.services.find(({vip: {of}}) => of.namespace === 'default' && of.name === 'kubernetes');
    this.#nodePorts = facts.services.filter(s => s.nodePort !== undefined);
    this.#byNamespace = new Map(facts.services.map(s => [s.vip.of.namespace ?? '', s]));
    this.#hashes = hashesOf(facts.services);
    this.#nodePortHashes = hashesOf(this.#nodePorts);
    this.#headlessHashes = Uint32Array.from(facts.headless, h => hashOf(`${h.namespace}/${h.name}`));
  }

  /** Links between nodes: hosts and pods of those chosen try a pod of each node, and its node port. */
  links(links: readonly Link[]): void {
    const chosen = Map.groupBy(links, l => l.to);
    for (const place of this.#facts.places) {
      if (place.served.length === 0)
        this.#gap('pod-other-node', place, 'no pod of this node serves a TCP port');
      const froms = (chosen.get(place.name) ?? []).flatMap(l => this.#byName.get(l.from) ?? []);
      for (const from of froms) {
        // Others try other pods of it: one dead pod is no dead node.
        for (const target of onePerFamily(turned(place.served, hashOf(`${from.name} ${place.name}`)))) {
          this.#measure('node-to-pod', from.host, target);
          if (from.pod) this.#measure('pod-other-node', from.pod, target);
        }
        this.#host(from, place);
      }
      this.#pathMtu(place, froms);
      this.#nodePort(place, froms);
    }
  }

  /** What each node tries: a pod of its own, Services and their backends, names, DNS servers, the API server. */
  from(place: Place): void {
    this.#own.clear();
    const services = this.#servicesFor(place);
    this.#hostToService(place, services[0]);
    const {pod} = place;
    if (!pod) {
      this.#gap('cluster-ip', place, 'no pod with a network of its own is ready on this node');
      return;
    }
    const neighbours = onePerFamily(place.served.filter(({of}) => !isPod(of, pod)));
    for (const neighbour of neighbours) this.#add('pod-same-node', pod, neighbour);
    if (neighbours.length === 0)
      this.#gap('pod-same-node', place, 'no second pod of this node serves a TCP port');
    for (const service of services) this.#service('cluster-ip', place, pod, service);
    if (this.#api) this.#service('api-server', place, pod, this.#api);
    this.#names(place, pod, services[0]);
  }

  /** What a user wants tried, whatever it is: from pods, or from hosts only. */
  outbound({host, port, protocol}: UserTarget, hostOnly: boolean): void {
    const {places, round} = this.#facts;
    const begins = places.filter(p => hostOnly || p.pod);
    const to = {host, port, of: {kind: 'Target', name: `${host}:${port}`}};
    for (const name of chooseFor(to.of.name, begins, {count: OUTBOUND_NODES, round})) {
      const place = this.#byName.get(name);
      const from = hostOnly ? place?.host : place?.pod;
      if (from) this.#push({leg: 'outbound', from, to, protocol});
    }
  }

  /** A virtual IP, of each family, and one of the backends behind it. */
  #service(leg: Leg, {name}: Place, pod: Vantage, {vips}: ServedService): void {
    for (const {to: vip, backends} of vips) {
      const to = drawOne(backends, `${name} ${vip.host}`);
      const backend = to && ({leg: 'backend', from: pod, to, protocol: 'tcp'} as const);
      this.#pushOnce({leg, from: pod, to: vip, protocol: 'tcp', ...(backend && {backend: idOf(backend)})});
      if (backend) this.#pushOnce(backend);
    }
  }

  /** Below the pod network: whether the nodes reach each other at all. */
  #host(from: Place, {name, os, address}: Place): void {
    if (address === undefined) return;
    const of = {kind: 'Node', name};
    this.#add('host', from.host, {host: address, port: KUBELET_PORT, node: name, os, of});
  }

  /** From one other node: what shortens the path of one shortens that of all. */
  #pathMtu({name, os, pod, podAddress}: Place, froms: readonly Place[]): void {
    const withPods = froms.filter(f => f.pod);
    const from = withPods[hashOf(name) % withPods.length]?.pod;
    if (!from || !pod?.pod || podAddress === undefined) return;
    const {namespace, name: podName} = pod.pod;
    const of = {kind: 'Pod', namespace, name: podName};
    // The port is the listener's, which does not listen yet.
    const to = {host: podAddress, port: 0, node: name, os, of};
    this.#push({leg: 'path-mtu', from, to, protocol: 'path-mtu'});
  }

  #names({name, os, completesNames}: Place, pod: Vantage, service: ServedService | undefined): void {
    const {domain, headless, round, tries} = this.#facts;
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
    for (const {to: vip} of this.#dns.vips)
      for (const protocol of ['dns-udp', 'dns-tcp'] as const)
        this.#ask('dns-vip', pod, {...vip, port: DNS_PORT}, {protocol, query: known, tries});
    // Of each family, where there are two: one says nothing of the other.
    const {vips, backends} = this.#dns;
    for (const {to: vip} of vips) {
      const own = turned(
        backends.filter(b => isSameFamily(b, vip)),
        hashOf(name),
      );
      for (const backend of own.slice(0, Math.ceil(DNS_BACKENDS_PER_NODE / vips.length)))
        this.#ask('dns-backend', pod, backend, {protocol: 'dns-udp', query: known});
    }
    if (service) {
      const {namespace = '', name: of} = service.vip.of;
      this.#ask('full-name', pod, server, {protocol: 'dns-udp', query: `${of}.${namespace}.svc.${domain}`});
    }
    const [nobody] = drawnFrom(headless, {
      hashes: this.#headlessHashes,
      drawer: `${round} ${name}`,
      count: 1,
    });
    if (nobody) {
      const query = `${nobody.name}.${nobody.namespace}.svc.${domain}`;
      this.#ask('headless-name', pod, server, {protocol: 'dns-udp', query});
    }
    const own = this.#byNamespace.get(pod.pod?.namespace ?? '');
    if (own && completesNames) this.#ownNames(pod, server, own, os === 'windows');
  }

  /**
   * The Service of a pod's own namespace by its short name, its full one, and in between: Windows completes no name that has
   * a dot (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows).
   */
  #ownNames(pod: Vantage, server: Target, {vip: {of}}: ServedService, isWindows: boolean): void {
    const {name, namespace = ''} = of;
    const ask = {protocol: 'dns-udp'} as const;
    this.#ask('full-name', pod, server, {...ask, query: `${name}.${namespace}.svc.${this.#facts.domain}`});
    this.#ask('short-name', pod, server, {...ask, query: name});
    this.#ask('short-name', pod, server, {
      ...ask,
      query: `${name}.${namespace}`,
      ...(isWindows && {byDesign: true as const}),
    });
  }

  /** Of Windows only pods reach Services: "Only Windows pods are able to access service IPs" (guide 001). */
  #hostToService(place: Place, service: ServedService | undefined): void {
    if (!service) return;
    const probe = {leg: 'host-cluster-ip', from: place.host, to: service.vip, protocol: 'tcp'} as const;
    this.#push(place.os === 'windows' ? {...probe, byDesign: true} : probe);
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
    if (isLocal && !this.#nodesOf(service).has(place.name)) return;
    const {name, os, address: host} = place;
    this.#add('node-port', from.host, {host, port: service.nodePort, node: name, os, of: service.vip.of});
  }

  #nodesOf(service: ServedService): ReadonlySet<string | undefined> {
    const known = this.#backendNodes.get(service) ?? new Set(service.backends.map(b => b.node));
    this.#backendNodes.set(service, known);
    return known;
  }

  #servicesFor({name}: Place): readonly ServedService[] {
    const {services, round, servicesPerNode: count} = this.#facts;
    return drawnFrom(services, {hashes: this.#hashes, drawer: `${round} ${name}`, count});
  }

  #measure(leg: Leg, from: Vantage, to: Target): void {
    this.#push({leg, from, to, protocol: 'tcp', tries: this.#facts.tries});
  }

  #add(leg: Leg, from: Vantage, to: Target): void {
    this.#push({leg, from, to, protocol: 'tcp'});
  }

  #ask(leg: Leg, from: Vantage, to: Target, what: Asked): void {
    this.#pushOnce({leg, from, to, ...what});
  }

  #push(probe: Omit<Probe, 'id'>): void {
    this.probes.push({id: idOf(probe), ...probe});
  }

  /** Two Services may have one backend, and be asked for twice by one name. */
  #pushOnce(probe: Omit<Probe, 'id'>): void {
    const id = idOf(probe);
    if (this.#own.has(id)) return;
    this.#own.add(id);
    this.probes.push({id, ...probe});
  }

  #gap(leg: Leg, {name}: Place, detail: string): void {
    this.gaps.push({leg, node: name, detail});
  }
}

/** What a DNS server is asked. */
type Asked = Pick<Probe, 'protocol' | 'query' | 'tries' | 'byDesign'>;

/** The first target of each family. */
function onePerFamily(targets: readonly Target[]): Target[] {
  const [first] = targets;
  const other = first && targets.find(t => !isSameFamily(t, first));
  return [first, other].filter(t => t !== undefined);
}

function turned<T>(items: readonly T[], by: number): T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
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

function isPod(of: Target['of'], {pod}: Vantage): boolean {
  return pod !== undefined && of.namespace === pod.namespace && of.name === pod.name;
}

function idOf({leg, from, to, protocol, query}: Omit<Probe, 'id'>): string {
  const at = from.pod ? `${from.node}/${from.pod.namespace}/${from.pod.name}` : from.node;
  return `${leg} ${at} ${to.host}:${to.port} ${protocol}${query === undefined ? '' : ` ${query}`}`;
}
