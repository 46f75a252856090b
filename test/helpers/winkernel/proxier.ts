import type {Raw} from '../raw.ts';
import {conjureMac} from './addresses.ts';
import {isInside} from './inside.ts';
import type {ProxyFlags} from './plan.ts';
import {backendsOf, servicePortsOf} from './service-ports.ts';
import type {Backend, Family, ServicePort} from './service-ports.ts';
import type {HnsStore, StoredBalancer, StoredEndpoint, StoredNetwork} from './store.ts';

/** What one kube-proxy is started with. */
export interface ProxierOptions {
  /** `--hostname-override`. */
  node: string;
  nodeIp: string;
  family: Family;
  /** `--network-name`. */
  network: StoredNetwork;
  /** `--source-vip`; none on an L2Bridge. */
  sourceVip?: string;
  /** `--root-hnsendpoint-name`. */
  rootEndpoint?: string;
  flags: ProxyFlags;
}

/** Port mappings of load balancers. */
const LOCAL_ROUTED_VIP = 2;
const USE_MUX = 4;
const PRESERVE_DIP = 8;
const VIP_EXTERNAL_IP = 16;
/** Load balancers. */
const DSR = 1;
const IPV6 = 2;
/** Sessions by the address of the client. */
const BY_SOURCE_IP = 2;
const HEALTHZ_PORT = 10_256;
/** MAC of the node on its overlay. */
const HOST_MAC = '00-15-5d-b9-70-84';

/** kube-proxy of one family on one node: what it holds of HNS, and how it gets Services into it. */
export class Proxier {
  readonly #store: HnsStore;
  readonly #options: ProxierOptions;
  /** Endpoints of its network by address, as it asks for them at the start of a sync. */
  readonly #endpoints = new Map<string, StoredEndpoint>();
  /** Load balancers that it has made, by the port of a Service and what they are of it. */
  readonly #made = new Map<string, StoredBalancer>();
  /** What HNS has, by identity, as it asks for it at the start of a sync. */
  #queried = new Map<string, StoredBalancer>();

  constructor(store: HnsStore, options: ProxierOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** One sync over everything; what an earlier one made is followed. */
  sync(services: readonly Raw[], slices: readonly Raw[]): void {
    const {family, node, network, sourceVip, flags} = this.#options;
    this.#readEndpoints();
    this.#queried = new Map(this.#store.balancers.map(b => [identityOf(b), b]));
    if (network.type === 'Overlay' && sourceVip !== undefined && !this.#endpoints.has(sourceVip)) {
      this.#createEndpoint({ip: sourceVip, remote: false, mac: HOST_MAC});
    }
    const backends = backendsOf(slices, family, node);
    for (const service of servicePortsOf(services, family, flags.old)) {
      // Without direct server return kube-proxy keeps neither policy (`newServiceInfo`).
      const kept = this.#hasDsr ? service : {...service, externalLocal: false, preserveDestination: false};
      this.#syncPort(kept, backends.get(service.key) ?? []);
    }
  }

  get #hasDsr(): boolean {
    const {major, minor} = this.#store.version;
    return this.#store.atLeast(10, 2) || (major === 9 && minor >= 3);
  }

  #readEndpoints(): void {
    for (const endpoint of this.#store.endpoints) {
      if (endpoint.network !== this.#options.network.id) continue;
      this.#endpoints.set(endpoint.ip, endpoint);
      if (endpoint.ip6 !== undefined) this.#endpoints.set(endpoint.ip6, endpoint);
    }
  }

  #syncPort(service: ServicePort, backends: readonly Backend[]): void {
    const {network, nodeIp} = this.#options;
    if (network.type === 'Overlay' && !this.#endpoints.has(service.clusterIp)) {
      this.#createEndpoint({ip: service.clusterIp, remote: true, mac: HOST_MAC, provider: nodeIp});
    }
    const {used, available} = this.#usable(service, backends);
    let {targetPort} = service;
    let viaNode = false;
    const found: StoredEndpoint[] = [];
    for (const backend of used) {
      // Nothing would be sent to them.
      if (service.internalLocal && service.externalLocal && !backend.local) continue;
      if (targetPort === 0) targetPort = backend.port;
      const endpoint = this.#endpoints.get(backend.ip) ?? this.#createBackend(backend);
      if (!endpoint) continue;
      if (network.type === 'Overlay' && !backend.local) viaNode ||= this.#isNodeOrPublic(backend.ip);
      found.push(endpoint);
    }
    if (found.length > 0) this.#balance(service, {found, targetPort, viaNode, available});
    else for (const [id] of this.#made) if (id.startsWith(`${service.key} `)) this.#drop(id);
  }

  /**
   * The ready ones. Behind ingress addresses newer releases take those that serve while all end, and all where none serves; nothing
   * but cluster and ingress addresses is made then.
   */
  #usable(service: ServicePort, backends: readonly Backend[]): {used: Backend[]; available: boolean} {
    const {externalLocal, ingressIps} = service;
    if (!this.#options.flags.terminating || ingressIps.length === 0)
      return {used: backends.filter(b => b.ready && b.serving), available: true};
    const counted = externalLocal ? backends.filter(b => b.local) : backends;
    const allEnd = counted.every(b => b.terminating || !b.ready);
    if (!counted.some(b => b.serving)) return {used: [...backends], available: false};
    return {used: backends.filter(b => (allEnd || b.ready) && b.serving), available: !allEnd};
  }

  #drop(id: string): void {
    const balancer = this.#made.get(id);
    if (!balancer) return;
    this.#store.unbalance(balancer);
    this.#queried.delete(identityOf(balancer));
    this.#made.delete(id);
  }

  /** Sees to one load balancer; false where HNS refuses it. */
  #settle(id: string, wanted: Wanted, available: boolean): boolean {
    const before = this.#made.get(id);
    const isEmpty = wanted.endpoints.length === 0;
    // From 15.4 on it is changed in place, or left as it is.
    if (before && !isEmpty && this.#store.atLeast(15, 4)) {
      if (available) Object.assign(before, wanted);
      return true;
    }
    const identity = identityOf(wanted);
    const there = this.#queried.get(identity);
    if (before && !there) this.#drop(id);
    if (isEmpty || !available) return true;
    const made = there ?? this.#store.balance(wanted);
    if (!made) return false;
    this.#made.set(id, made);
    this.#queried.set(identity, made);
    return true;
  }

  #createBackend({ip, local}: Backend): StoredEndpoint | undefined {
    // A pod of this node that CNI made no endpoint for, or that has the address of the node.
    if (local) return undefined;
    const mac = conjureMac('02-11', ip);
    if (this.#options.network.type !== 'Overlay') return this.#createEndpoint({ip, remote: true, mac});
    const provider = this.#providerOf(ip) ?? this.#options.nodeIp;
    return this.#createEndpoint({ip, remote: true, mac, provider});
  }

  #createEndpoint(of: {ip: string; remote: boolean; mac: string; provider?: string}): StoredEndpoint {
    const {ip, remote, mac, provider} = of;
    const made = this.#store.add({
      // It gives no name, and HNS calls it so.
      name: 'Ethernet',
      network: this.#options.network.id,
      ip,
      prefixLength: ip.includes(':') ? 64 : 16,
      mac,
      remote,
      state: 1,
      containers: [],
      policies:
        provider === undefined ? [] : [{type: 'ProviderAddress', settings: {ProviderAddress: provider}}],
      dns: [],
      suffixes: [],
      encapOverhead: this.#options.network.type === 'Overlay' ? 50 : 0,
    });
    this.#endpoints.set(ip, made);
    return made;
  }

  /** The node that an address is reached by, as the routes of the overlay have it. */
  #providerOf(ip: string): string | undefined {
    for (const {type, settings} of this.#options.network.policies) {
      if (type !== 'RemoteSubnetRoute') continue;
      const provider = String(settings['ProviderAddress']);
      if (ip === provider || isInside(ip, String(settings['DestinationPrefix']))) return provider;
    }
    return undefined;
  }

  #isNodeOrPublic(ip: string): boolean {
    const provider = this.#providerOf(ip);
    return provider === undefined || provider === ip;
  }

  #balance(service: ServicePort, {found, targetPort, viaNode, available}: Found): void {
    const {flags, family, sourceVip = '', nodeIp, rootEndpoint} = this.#options;
    const {externalLocal, internalLocal, preserveDestination, port, protocol} = service;
    const local = found.filter(e => !e.remote);
    const ipv6 = family === 'IPv6' ? IPV6 : 0;
    const externalFlag = flags.old ? 0 : VIP_EXTERNAL_IP;
    const add = (of: {
      role: StoredBalancer['role'];
      vip?: string;
      external: number;
      internal?: number;
      endpoints: StoredEndpoint[];
      dsr: boolean;
      portFlags: number;
      affinity?: boolean;
      available?: boolean;
    }): boolean => {
      const clientIp = (of.affinity ?? service.clientIp) && this.#store.atLeast(12, 0);
      const wanted = {
        service: service.key.slice(0, service.key.indexOf(':')),
        role: of.role,
        vips: of.vip === undefined ? [] : [of.vip],
        endpoints: of.endpoints.map(e => e.id),
        sourceVip: viaNode ? nodeIp : sourceVip,
        flags: (of.dsr ? DSR : 0) | ipv6,
        protocol,
        internal: of.internal ?? targetPort,
        external: of.external,
        portFlags: of.portFlags,
        distribution: clientIp ? BY_SOURCE_IP : 0,
      };
      return this.#settle(`${service.key} ${of.role} ${of.vip ?? ''}`, wanted, of.available ?? true);
    };
    const cluster = add({
      role: 'cluster',
      vip: service.clusterIp,
      external: port,
      endpoints: internalLocal ? local : found,
      dsr: flags.dsr,
      portFlags: 0,
    });
    // What HNS refuses ends the port: the rest is not tried.
    if (!cluster) return;
    const outside = externalLocal ? local : found;
    if (service.nodePort > 0) {
      const nodePort = add({
        role: 'node port',
        external: service.nodePort,
        endpoints: preserveDestination ? local : outside,
        dsr: externalLocal,
        portFlags: LOCAL_ROUTED_VIP | externalFlag,
        available,
      });
      if (!nodePort) return;
    }
    for (const vip of service.externalIps) {
      add({
        role: 'external',
        vip,
        external: port,
        endpoints: outside,
        dsr: externalLocal,
        portFlags: externalFlag,
        available,
      });
    }
    const root = this.#store.endpoints.find(e => e.name === rootEndpoint);
    const preserved = preserveDestination ? USE_MUX | PRESERVE_DIP : 0;
    for (const vip of service.ingressIps) {
      const endpoints = preserveDestination ? local : outside;
      const dsr = preserveDestination || externalLocal;
      const ingress = {role: 'ingress', vip, external: port, endpoints, dsr} as const;
      if (!add({...ingress, portFlags: externalFlag | preserved})) continue;
      if (!flags.forwardHealthCheck || !root || !available) continue;
      const healthPort = service.healthCheckNodePort || HEALTHZ_PORT;
      add({
        role: 'health check',
        vip,
        external: healthPort,
        internal: healthPort,
        endpoints: [root],
        dsr: false,
        portFlags: preserved,
        affinity: false,
      });
    }
  }
}

/** What kube-proxy finds out about the backends of a port. */
interface Found {
  found: StoredEndpoint[];
  targetPort: number;
  /** One of them is a node, or an address of nobody in the cluster. */
  viaNode: boolean;
  /** Whether more than cluster and ingress addresses is made. */
  available: boolean;
}

type Wanted = Omit<StoredBalancer, 'id' | 'state'>;

/** By what kube-proxy knows that a load balancer is there: backends, address, protocol and ports. */
function identityOf({endpoints, vips, protocol, internal, external, flags}: Wanted): string {
  return [[...endpoints].sort().join(','), vips.join(','), protocol, internal, external, flags & IPV6].join(
    ' ',
  );
}
