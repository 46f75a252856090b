import type {Build} from '../../property/plan.ts';
import type {NodePlan, Version} from './plan.ts';

/** A policy under v2's name with v2's settings. */
export interface StoredPolicy {
  type: string;
  settings: Record<string, unknown>;
}

export interface StoredNetwork {
  id: string;
  name: string;
  type: 'Overlay' | 'L2Bridge' | 'nat';
  subnets: {prefix: string; gateway: string; vsid?: number}[];
  managementIp: string;
  managementIp6?: string;
  vfp: boolean;
  state: number;
  policies: StoredPolicy[];
}

export interface StoredEndpoint {
  id: string;
  name: string;
  network: string;
  ip: string;
  ip6?: string | undefined;
  prefixLength: number;
  gateway?: string;
  mac: string;
  remote: boolean;
  state: number;
  namespace?: string | undefined;
  containers: string[];
  policies: StoredPolicy[];
  dns: string[];
  suffixes: string[];
  encapOverhead: number;
  /** `namespace/name` of its pod: HNS does not know it. */
  pod?: string | undefined;
}

export interface StoredNamespace {
  id: string;
  compartment: number;
  isDefault: boolean;
  endpoints: string[];
  containers: string[];
  state: number;
}

export interface StoredBalancer {
  id: string;
  /** `namespace/name` of its Service and what it is of it: HNS does not know them. */
  service: string;
  role: 'cluster' | 'node port' | 'external' | 'ingress' | 'health check';
  vips: string[];
  endpoints: string[];
  sourceVip: string;
  /** 1 DSR, 2 IPv6. */
  flags: number;
  protocol: number;
  internal: number;
  external: number;
  portFlags: number;
  distribution: number;
  state: number;
}

/** Everything that HNS of one node has, open to break. */
export class HnsStore {
  readonly build: Build;
  readonly version: Version;
  networks: StoredNetwork[] = [];
  endpoints: StoredEndpoint[] = [];
  namespaces: StoredNamespace[] = [];
  balancers: StoredBalancer[] = [];
  readonly #prefix: string;
  readonly #takesSctp: boolean;
  #made = 0;

  /** `index`: of the node, so that no two nodes have an id in common. */
  constructor(index: number, {build, hns: version, sctp}: Pick<NodePlan, 'build' | 'hns' | 'sctp'>) {
    this.#takesSctp = sctp;
    this.build = build;
    this.version = version;
    this.#prefix = (0xa0_00_00_00 + index).toString(16);
  }

  /** Whether HNS is of this version or a later one. */
  atLeast(major: number, minor: number): boolean {
    return this.version.major > major || (this.version.major === major && this.version.minor >= minor);
  }

  newId(): string {
    return `${this.#prefix}-0c1e-4000-8000-${(++this.#made).toString(16).padStart(12, '0')}`;
  }

  network(name: string): StoredNetwork {
    const found = this.networks.find(n => n.name === name);
    if (!found) throw new Error(`HNS has no network ${name}`);
    return found;
  }

  /** Takes a new endpoint; one that is attached gets into its namespace. */
  add(endpoint: Omit<StoredEndpoint, 'id'>): StoredEndpoint {
    const made = {...endpoint, id: this.newId()};
    this.endpoints.push(made);
    this.namespaces.find(n => n.id === made.namespace)?.endpoints.push(made.id);
    return made;
  }

  /** Takes a new load balancer unless its VIP, protocol and port are in use, which HNS refuses (0x803b0013), as it may SCTP. */
  balance(balancer: Omit<StoredBalancer, 'id' | 'state'>): StoredBalancer | undefined {
    const key = keyOf(balancer);
    if (this.#keys.has(key) || (balancer.protocol === SCTP && !this.#takesSctp)) return undefined;
    this.#keys.add(key);
    const made = {id: this.newId(), ...balancer, state: 2};
    this.balancers.push(made);
    return made;
  }

  /** Deletes a load balancer: its address is free again. */
  unbalance(balancer: StoredBalancer): void {
    this.balancers = this.balancers.filter(b => b !== balancer);
    this.#keys.delete(keyOf(balancer));
  }

  readonly #keys = new Set<string>();
}

const SCTP = 132;

function keyOf({vips, protocol, external, flags}: Omit<StoredBalancer, 'id' | 'state'>): string {
  return [vips.join(','), protocol, external, flags & 2].join(' ');
}
