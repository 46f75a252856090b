import type {LoadBalancerCheck} from '../../../hns/cross-check.ts';
import {changedAt} from '../../../kube-proxy/changes.ts';
import {keyOf, protocolName} from '../../../kube-proxy/load-balancer.ts';
import type {ExpectedLoadBalancer} from '../../../kube-proxy/load-balancer.ts';
import type {EndpointSlice, KubeObject, Service} from '../../../kube/types.ts';
import {count, list} from '../../../text/words.ts';
import {millis} from '../../../snapshot/time.ts';
import type {Fail} from '../../define.ts';
import {fail} from '../../define.ts';
import {stateOf} from '../../second-look.ts';
import type {ServiceNode} from './service-node.ts';

/** So many nodes are named in a message. */
const MAX_NAMED = 3;

/** A fault that kube-proxy may still mend by itself. */
export interface Sighting {
  seen: ServiceNode;
  now: number;
  /** Whether the comparison of a second look shows it, too. */
  again: (check: LoadBalancerCheck) => boolean;
  /** The Service that it is about, with the EndpointSlices: what they tell of their last change says how old it is. */
  about?: {service: Service; slices: readonly EndpointSlice[]} | undefined;
}

/** A fail of a Service, or of the node itself, in the state that looks and times give it; none where it has healed. */
export function* sighted(
  subject: KubeObject,
  {seen, now, about}: Sighting,
  rest: Omit<Fail, 'status' | 'subject' | 'node' | 'state'>,
): Generator<Fail> {
  const state = stateOf({at: now, unchangedSince: about && unchangedSince(seen, about)});
  if (state !== 'gone') yield fail(subject, {...rest, node: seen.node.metadata.name, state});
}

/** Since when neither the Service changed nor kube-proxy was started anew. */
function unchangedSince(
  {config}: ServiceNode,
  {service, slices}: {service: Service; slices: readonly EndpointSlice[]},
): number | undefined {
  const changed = changedAt(service, slices);
  const started = millis(config.process?.startedAt);
  return changed === undefined || started === undefined ? undefined : Math.max(changed, started);
}

/** What an address and port are called: `10.96.0.10:53/UDP`, `node port 30080/TCP`. */
export function frontendName({vip, protocol, port}: {vip: string; protocol: number; port: number}): string {
  const name = protocolName(protocol);
  if (vip === '') return `node port ${port}/${name}`;
  return vip.includes(':') ? `[${vip}]:${port}/${name}` : `${vip}:${port}/${name}`;
}

/** The same of a load balancer that is wanted. */
export function expectedName({vip, protocol, externalPort}: ExpectedLoadBalancer): string {
  return frontendName({vip, protocol, port: externalPort});
}

/** `shop/web`. */
export function serviceName({metadata}: Service): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Nodes of fails with how many each has: `win-1 (40), win-2 (3) and 2 more`. */
export function nodesWithCounts(fails: readonly Fail[]): string {
  const byNode = [...Map.groupBy(fails, f => f.node ?? '')].sort(([, a], [, b]) => b.length - a.length);
  const named = byNode.slice(0, MAX_NAMED).map(([node, own]) => `${node} (${own.length})`);
  const more = byNode.length - named.length;
  return list(more > 0 ? [...named, `${more} more`] : named);
}

/** `40 load balancers of 12 Services`. */
export function balancersOf(fails: readonly Fail[], services: number): string {
  return `${count(fails.length, 'load balancer')} of ${count(services, 'Service')}`;
}

/** The key of a load balancer that is there. */
export function keyOfFound(
  found: {vip: string; port: {protocol: number; external: number}},
  ipv6: boolean,
): string {
  const {vip, port} = found;
  return keyOf({vip, family: ipv6 ? 'IPv6' : 'IPv4', protocol: port.protocol, port: port.external});
}
