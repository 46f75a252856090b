import type {HnsVersion} from '../hns/model.ts';
import type {EndpointSlice, Node, Service} from '../kube/types.ts';
import type {IpFamily} from './family.ts';
import {familyOf} from './family.ts';
import {backendsOf, dependsOnNode} from './backends.ts';
import type {HnsFeatures} from './features.ts';
import {featuresOf} from './features.ts';
import type {ProxyTraits} from './frontends.ts';
import {frontendsOf, policiesOf} from './frontends.ts';
import type {ExpectedLoadBalancer} from './load-balancer.ts';
import type {ServicePortView} from './service-ports.ts';
import {servicePorts} from './service-ports.ts';

/** What the expectation follows from. */
export interface ExpectationInput {
  node: Node;
  services: readonly Service[];
  endpointSlices: readonly EndpointSlice[];
  /** What is not known is undefined. */
  config: Pick<ProxyTraits, 'dsr' | 'forwardHealthcheckVip' | 'rootEndpoint' | 'healthPort'>;
  hnsVersion: HnsVersion | undefined;
  /** Type of the HNS network that kube-proxy serves, in lower case. */
  networkType: string | undefined;
}

/** The load balancers of one node. */
export interface Expectation {
  readonly list: readonly ExpectedLoadBalancer[];
  /** By its key (`keyOf`). */
  find(key: string): ExpectedLoadBalancer | undefined;
  readonly features: HnsFeatures;
}

/** What is the same on every node whose kube-proxy and HNS are alike, and the ports of which it is not. */
interface Common {
  balancers: ReadonlyMap<string, ExpectedLoadBalancer>;
  list: readonly ExpectedLoadBalancer[];
  byNode: readonly ServicePortView[];
}

const commons = new WeakMap<readonly ServicePortView[], Map<string, Common>>();

/** Load balancers that kube-proxy makes on a node out of what the API says. */
export function expectedLoadBalancers(input: ExpectationInput): Expectation {
  const {node, services, endpointSlices, config, hnsVersion, networkType} = input;
  const features = featuresOf(hnsVersion);
  const traits: ProxyTraits = {...config, features, ...familiesOf(node, features, networkType)};
  const common = commonOf(servicePorts(services, endpointSlices), traits);
  const own = new Map<string, ExpectedLoadBalancer>();
  for (const view of common.byNode) addPort(own, view, traits, {node: node.metadata.name, beside: common});
  const alike = common.list.filter(b => !own.has(b.key));
  const list = own.size === 0 ? common.list : [...alike, ...own.values()];
  return {list, features, find: key => own.get(key) ?? common.balancers.get(key)};
}

function commonOf(ports: readonly ServicePortView[], traits: ProxyTraits): Common {
  let byTraits = commons.get(ports);
  if (!byTraits) commons.set(ports, (byTraits = new Map()));
  const key = JSON.stringify(traits);
  let common = byTraits.get(key);
  if (!common) {
    const balancers = new Map<string, ExpectedLoadBalancer>();
    const byNode: ServicePortView[] = [];
    for (const view of ports) {
      if (dependsOnNode(policiesOf(view, traits.features))) byNode.push(view);
      else addPort(balancers, view, traits, {node: ''});
    }
    byTraits.set(key, (common = {balancers, list: [...balancers.values()], byNode}));
  }
  return common;
}

function addPort(
  balancers: Map<string, ExpectedLoadBalancer>,
  view: ServicePortView,
  traits: ProxyTraits,
  {node, beside}: {node: string; beside?: Common},
): void {
  const backends = backendsOf(view, policiesOf(view, traits.features), node);
  for (const made of frontendsOf(view, backends, traits)) {
    const before = balancers.get(made.key) ?? beside?.balancers.get(made.key);
    balancers.set(made.key, before ? joined(before, made) : made);
  }
}

/** HNS takes an address and port once: what two want, one of them gets. */
function joined(before: ExpectedLoadBalancer, made: ExpectedLoadBalancer): ExpectedLoadBalancer {
  if (before.service === made.service) {
    // Of which Services else want it the port before has seen.
    if (before.isShared) return before;
    return before.mayBeAbsent !== undefined && made.mayBeAbsent === undefined ? made : before;
  }
  const {namespace = '', name} = made.service.metadata;
  const shared = `Service ${namespace}/${name} wants the same address and port`;
  const {mayBeAbsent, ...rest} =
    before.mayBeAbsent === undefined ? before : {...made, mayBeAbsent: made.mayBeAbsent};
  // A health check goes with the first of its Services that goes.
  const absent = made.kind === 'HealthCheck' ? shared : mayBeAbsent;
  return {
    ...rest,
    ...(absent !== undefined && {mayBeAbsent: absent}),
    anyBackends: shared,
    isShared: true,
  };
}

/** Two families where HNS can and the network is no overlay, else the one of the node's first address. */
function familiesOf(
  {status}: Node,
  {dualStack}: HnsFeatures,
  networkType: string | undefined,
): {families: IpFamily[]; without: IpFamily[]} {
  const address = status.addresses?.find(a => a.type === 'InternalIP')?.address;
  const primary = familyOf(address ?? '');
  const other: IpFamily = primary === 'IPv4' ? 'IPv6' : 'IPv4';
  if (dualStack === false || networkType === 'overlay') return {families: [primary], without: [other]};
  if (dualStack === undefined || networkType === undefined) return {families: [primary], without: []};
  return {families: [primary, other], without: []};
}
