import type {JoinedLoadBalancer} from '../../hns/joins.ts';
import type {HnsNetwork} from '../../hns/model.ts';
import {ipKey} from '../../kube/ip.ts';
import type {NodeKey, PerNode} from '../../node/evidence.ts';
import {onNode, valueOn} from '../../node/on-node.ts';
import {programOf} from '../../node/processes.ts';
import type {Evidence, Missing} from '../../snapshot/evidence.ts';
import type {EvidenceKey, Snapshot} from '../../snapshot/snapshot.ts';
import {evidenceOf} from '../../snapshot/snapshot.ts';
import {compareText} from '../../text/compare.ts';
import {VIEW_KEYS, hnsView} from './view.ts';

/** Evidence that nodes are compared by. */
export const DIFF_KEYS: readonly EvidenceKey[] = [
  ...VIEW_KEYS,
  'node.hns',
  'node.system',
  'node.registry',
  'node.processes',
];

/** One thing that two nodes have otherwise. */
export interface HnsDifference {
  /** `HNS`, `Windows`, `kube-proxy`, `registry`, `network` or `load balancer`. */
  what: string;
  /** Which: a value's, a flag's or a network's name, a VIP with port and protocol. */
  name: string;
  /** What of it. */
  field: string;
  /** Of the first node and of the second; null: it is not there. */
  values: [string | null, string | null];
}

/** Values by `what`, name and field. */
export type Facts = Map<string, {what: string; name: string; field: string; value: string}>;

/** What nodes are compared by. */
export interface HnsFacts {
  readonly facts: Facts;
  /** Whats that could not be seen, and why. */
  readonly unseen: ReadonlyMap<string, Missing>;
}

/** Where things come from: of what could not be seen on one node nobody knows whether it differs. */
const SOURCES: readonly (readonly [string, NodeKey])[] = [
  ['HNS', 'node.hns'],
  ['Windows', 'node.system'],
  ['kube-proxy', 'node.processes'],
  ['registry', 'node.registry'],
  ['network', 'node.hns.networks'],
  ['load balancer', 'node.hns.loadbalancers'],
];

/** AWS names its network after the network interface. */
const OWN_NAME = /^vpcbr[\da-f]{12}$/i;

/** Flags of kube-proxy that differ from node to node by design. */
const OWN_FLAGS: ReadonlySet<string> = new Set(['hostname-override', 'source-vip', 'bind-address', 'nodeip']);
const PROTOCOLS: Readonly<Record<number, string>> = {6: 'TCP', 17: 'UDP', 132: 'SCTP'};

/**
 * What two nodes have otherwise that should be alike: versions, settings, networks but for their subnets, and load balancers.
 * Ids, endpoints and what a local traffic policy makes of Services are each node's own.
 */
export function hnsDifferences(snapshot: Snapshot, first: string, second: string): HnsDifference[] {
  return factDifferences(hnsFacts(snapshot, first), hnsFacts(snapshot, second));
}

/** What a node is compared by, with another or with itself at another time. */
export function hnsFacts(snapshot: Snapshot, node: string): HnsFacts {
  return {facts: factsOf(snapshot, node), unseen: unseenOn(snapshot, node, SOURCES)};
}

/** Of what comes from evidence: what could not be seen on a node, and why. */
export function unseenOn(
  snapshot: Snapshot,
  node: string,
  sources: readonly (readonly [string, NodeKey])[],
): Map<string, Missing> {
  return new Map(
    sources.flatMap(([what, key]) => {
      const seen = onNode<unknown>(perNode(snapshot, key), node);
      return seen.ok ? [] : [[what, seen] as const];
    }),
  );
}

/** What the facts of two differ in; of what could not be seen of one of them, nothing. */
export function factDifferences(first: HnsFacts, second: HnsFacts): HnsDifference[] {
  const [a, b] = [first.facts, second.facts];
  const unseen = new Map([...first.unseen, ...second.unseen]);
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].flatMap(key => {
    const [one, other] = [a.get(key), b.get(key)];
    const known = one ?? other;
    if (!known || one?.value === other?.value || unseen.has(known.what)) return [];
    // Of a thing that is not there at all nobody asks how it is.
    const isPart = known.field !== 'there' && !(a.has(thereOf(known)) && b.has(thereOf(known)));
    if (isPart && (a.has(thereOf(known)) || b.has(thereOf(known)))) return [];
    const {what, name, field} = known;
    return [{what, name, field, values: [one?.value ?? null, other?.value ?? null]}];
  });
}

function perNode(snapshot: Snapshot, key: NodeKey): Evidence<PerNode<unknown>> {
  return evidenceOf(snapshot, key);
}

function thereOf({what, name}: {what: string; name: string}): string {
  return `${what}\0${name}\0there`;
}

function factsOf(snapshot: Snapshot, node: string): Facts {
  const facts: Facts = new Map();
  const add = (what: string, name: string, field: string, value: string | number | undefined): void => {
    if (value !== undefined)
      facts.set(`${what}\0${name}\0${field}`, {what, name, field, value: String(value)});
  };
  const view = hnsView(snapshot, node);
  const version = valueOn(evidenceOf(snapshot, 'node.hns'), node)?.version;
  const system = valueOn(evidenceOf(snapshot, 'node.system'), node);
  add('HNS', 'version', '', version && `${version.major}.${version.minor}`);
  add('Windows', 'build', '', system?.build);
  add('Windows', 'revision', '', system?.ubr);
  const processes = valueOn(evidenceOf(snapshot, 'node.processes'), node) ?? [];
  const proxy = processes.find(p => /^kube-?proxy(?:\.exe)?$/i.test(programOf(p)));
  for (const [flag, value] of Object.entries(proxy?.flags ?? {})) {
    if (!OWN_FLAGS.has(flag)) add('kube-proxy', `--${flag}`, '', value);
  }
  for (const [path, values] of valueOn(evidenceOf(snapshot, 'node.registry'), node) ?? []) {
    for (const {name, data} of values.values()) add('registry', `${path}\\${name}`, '', textOf(data));
  }
  for (const network of view.networks) addNetwork(network, add);
  for (const balancer of view.loadBalancers) addBalancer(balancer, add);
  return facts;
}

type Add = (what: string, name: string, field: string, value: string | number | undefined) => void;

function addNetwork(network: HnsNetwork, add: Add): void {
  const {type, state, subnets, extensions, dns, dnsSuffix, mtu, flags, policies} = network;
  const name = OWN_NAME.test(network.name) ? 'vpcbr…' : network.name;
  add('network', name, 'there', 'yes');
  add('network', name, 'type', type);
  add('network', name, 'state', state);
  add('network', name, 'VSIDs', sorted(subnets.flatMap(s => (s.vsid === undefined ? [] : [String(s.vsid)]))));
  add(
    'network',
    name,
    'extensions',
    sorted(extensions.map(e => `${e.name ?? e.id} ${e.enabled ? 'on' : 'off'}`)),
  );
  add('network', name, 'DNS servers', dns.join(','));
  add('network', name, 'DNS suffix', dnsSuffix);
  add('network', name, 'MTU', mtu);
  add('network', name, 'flags', flags);
  add('network', name, 'policies', sorted(policies.map(p => p.type)));
}

function addBalancer(joined: JoinedLoadBalancer, add: Add): void {
  const {loadBalancer, endpoints, lost} = joined;
  if (isOwn(joined)) return;
  for (const port of loadBalancer.ports) {
    for (const vip of loadBalancer.vips.length > 0 ? loadBalancer.vips : ['node port']) {
      const host = vip.includes(':') ? `[${vip}]` : vip;
      const name = `${host}:${port.external}/${PROTOCOLS[port.protocol] ?? port.protocol}`;
      const field = (key: string, value: string | number | undefined): void =>
        add('load balancer', name, key, value);
      field('there', 'yes');
      field('backends', sorted(endpoints.flatMap(e => e.endpoint.ips.map(ipKey))));
      field('lost endpoints', lost.length);
      field('backend port', port.internal);
      field('distribution', port.distribution);
      field('port flags', port.flags);
      field('DSR', loadBalancer.dsr ? 'yes' : 'no');
      field('state', loadBalancer.state);
    }
  }
}

/** Which backends it has, and whether it is there, depends on the pods of the node. */
function isOwn({served}: JoinedLoadBalancer): boolean {
  return served.some(({service: {spec}, as}) =>
    as === 'clusterIP' ? spec.internalTrafficPolicy === 'Local' : spec.externalTrafficPolicy === 'Local',
  );
}

function sorted(values: readonly string[]): string {
  return [...values].sort(compareText).join(',');
}

function textOf(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}
