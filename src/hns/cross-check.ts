import type {Expectation} from '../kube-proxy/expected.ts';
import type {ExpectedBackend, ExpectedLoadBalancer} from '../kube-proxy/load-balancer.ts';
import {ipKey} from '../kube/ip.ts';
import type {Node} from '../kube/types.ts';
import type {FoundFrontend} from './found-load-balancers.ts';
import {frontendsByKey} from './found-load-balancers.ts';
import type {HnsEndpoint, HnsLoadBalancer} from './model.ts';
import {NONE} from './values.ts';

/** A backend that a load balancer lacks. */
export interface MissingBackend {
  readonly backend: ExpectedBackend;
  /** Whether HNS has an endpoint with its address at all. */
  readonly hasEndpoint: boolean;
}

/** How the backends of a load balancer are not what kube-proxy would give it; nothing in it where they are. */
export interface BackendDifference {
  readonly missing: readonly MissingBackend[];
  /** Endpoints that it should not send to. */
  readonly extra: readonly HnsEndpoint[];
  /** Ids of endpoints that HNS does not have. */
  readonly dangling: readonly string[];
}

/** A load balancer that is wanted, and what HNS has for it. */
export interface Match extends BackendDifference {
  readonly expected: ExpectedLoadBalancer;
  readonly found: FoundFrontend;
  /** Whether it sends to another port than its backends have. */
  readonly wrongPort: boolean;
}

/** A load balancer that is wanted, and not there. */
export interface MissingBalancer {
  readonly expected: ExpectedLoadBalancer;
  /** All its backends are pods of this node that HNS has no endpoint for: kube-proxy has nothing to make it of. */
  readonly hasNoEndpoint: boolean;
}

/** The load balancers of a node, wanted and found, side by side. */
export interface LoadBalancerCheck {
  readonly matches: readonly Match[];
  readonly missing: readonly MissingBalancer[];
  /** There, and wanted by no Service. */
  readonly orphaned: readonly FoundFrontend[];
  /** Several for one address, protocol and port. */
  readonly duplicates: readonly (readonly FoundFrontend[])[];
  /** How many must be there. */
  readonly wanted: number;
}

/** What is compared: all of one node. */
export interface CrossCheckInput {
  node: Node;
  expectation: Expectation;
  loadBalancers: readonly HnsLoadBalancer[];
  endpoints: readonly HnsEndpoint[];
}

/** Compares what kube-proxy would have programmed with what HNS has; in linear time. */
export function crossCheck({
  node,
  expectation,
  loadBalancers,
  endpoints,
}: CrossCheckInput): LoadBalancerCheck {
  const found = frontendsByKey(loadBalancers);
  const here = new Here(node, endpoints);
  const matches: Match[] = [];
  const missing: MissingBalancer[] = [];
  let wanted = 0;
  for (const expected of expectation.list) {
    const there = found.get(expected.key);
    const isWanted = here.mustExist(expected);
    if (isWanted) wanted++;
    if (there) matches.push(here.best(expected, there));
    else if (isWanted) missing.push({expected, hasNoEndpoint: here.hasNoEndpoint(expected)});
  }
  const orphaned: FoundFrontend[] = [];
  const duplicates: (readonly FoundFrontend[])[] = [];
  for (const [key, same] of found) {
    const [first] = same;
    if (first && !expectation.find(key)) orphaned.push(first);
    if (same.length > 1) duplicates.push(same);
  }
  return {matches, missing, orphaned, duplicates, wanted};
}

/** Endpoints and addresses of one node, each looked up once. */
class Here {
  readonly #node: string;
  readonly #ownAddresses: ReadonlySet<string>;
  readonly #byId: ReadonlyMap<string, HnsEndpoint>;
  readonly #addresses: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;

  constructor(node: Node, endpoints: readonly HnsEndpoint[]) {
    this.#node = node.metadata.name;
    this.#ownAddresses = new Set((node.status.addresses ?? []).map(a => ipKey(a.address)));
    this.#byId = new Map(endpoints.map(e => [e.id, e]));
    this.#addresses = new Set(endpoints.flatMap(e => e.ips.map(ipKey)));
    this.#names = new Set(endpoints.map(e => e.name.toLowerCase()));
  }

  mustExist({mayBeAbsent, root, backends}: ExpectedLoadBalancer): boolean {
    if (mayBeAbsent !== undefined || (root && !this.#names.has(root.name.toLowerCase()))) return false;
    return (root?.while ?? backends).some(b => this.#isRequired(b));
  }

  hasNoEndpoint({backends, root}: ExpectedLoadBalancer): boolean {
    const isLost = ({ip, nodeName}: ExpectedBackend): boolean =>
      nodeName === this.#node && !this.#addresses.has(ipKey(ip));
    return root === undefined && backends.filter(b => this.#isRequired(b)).every(isLost);
  }

  /** The node's own address is no endpoint of its network: kube-proxy finds none, can make none, and goes without it. */
  #isRequired({ip, optional}: ExpectedBackend): boolean {
    return !optional && !this.#ownAddresses.has(ipKey(ip));
  }

  /** Of several for one address, the one that is most like what is wanted. */
  best(expected: ExpectedLoadBalancer, there: readonly FoundFrontend[]): Match {
    let best: Match | undefined;
    for (const found of there) {
      const match = this.#compare(expected, found);
      if (!best || faultsOf(match) < faultsOf(best)) best = match;
    }
    if (!best) throw new RangeError('a match needs a load balancer');
    return best;
  }

  #compare(expected: ExpectedLoadBalancer, found: FoundFrontend): Match {
    if (expected.anyBackends !== undefined) {
      return {expected, found, missing: NONE, extra: NONE, dangling: NONE, wrongPort: false};
    }
    const allowed = backendsByIp(expected);
    // Of hundreds of load balancers few have a fault: lists are made for those alone.
    let extra: HnsEndpoint[] | undefined;
    let dangling: string[] | undefined;
    const seen: string[] = [];
    for (const id of found.balancer.endpoints) {
      const endpoint = this.#byId.get(id);
      const ip = endpoint && keyAmong(allowed, endpoint);
      if (!endpoint) (dangling ??= []).push(id);
      else if (ip === undefined) (extra ??= []).push(endpoint);
      else seen.push(ip);
    }
    const wrongPort =
      expected.internalPorts.length > 0 && !expected.internalPorts.includes(found.port.internal);
    return {
      expected,
      found,
      missing: this.#missing(expected, seen),
      extra: extra ?? NONE,
      dangling: dangling ?? NONE,
      wrongPort,
    };
  }

  #missing({backends}: ExpectedLoadBalancer, ips: readonly string[]): readonly MissingBackend[] {
    if (backends.length === 1 && ips.length > 0) return NONE;
    const seen = new Set(ips);
    if (seen.size === backends.length) return NONE;
    const missing = new Map<string, MissingBackend>();
    for (const backend of backends) {
      const key = ipKey(backend.ip);
      if (seen.has(key) || !this.#isRequired(backend)) continue;
      missing.set(key, {backend, hasEndpoint: this.#addresses.has(key)});
    }
    return [...missing.values()];
  }
}

function faultsOf({missing, extra, dangling, wrongPort}: Match): number {
  return missing.length + extra.length + dangling.length + (wrongPort ? 1 : 0);
}

/** The first address of an endpoint that is among these. */
function keyAmong(keys: ReadonlySet<string>, {ips}: HnsEndpoint): string | undefined {
  for (const ip of ips) {
    const key = ipKey(ip);
    if (keys.has(key)) return key;
  }
  return undefined;
}

const byIp = new WeakMap<ExpectedLoadBalancer, ReadonlySet<string>>();

/** Addresses that it may send to. Most load balancers are the same on every node: made once. */
function backendsByIp(expected: ExpectedLoadBalancer): ReadonlySet<string> {
  let known = byIp.get(expected);
  if (!known) byIp.set(expected, (known = new Set(expected.backends.map(b => ipKey(b.ip)))));
  return known;
}
