import type {JoinedEndpoint, JoinedLoadBalancer} from '../../hns/joins.ts';
import {ipKey} from '../../kube/ip.ts';
import type {HnsView, Named} from './view.ts';
import {nameText, podOf, sandboxOf, servicesOf} from './view.ts';

/** What of HNS a user wants to see. */
export interface HnsChoice {
  /** `NAMESPACE/NAME` of pods. */
  pods?: ReadonlySet<string>;
  /** A Service. */
  service?: Named;
  /** Services of one namespace. */
  namespace?: string;
  /** A virtual IP, and its port. */
  vip?: {ip: string; port?: number};
}

/** What of a node's HNS was chosen, by GUID. */
export interface Chosen {
  readonly networks: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly loadBalancers: ReadonlySet<string>;
}

/** Whether anything at all is left out. */
export function choosesAll({pods, service, namespace, vip}: HnsChoice): boolean {
  return !pods && !service && namespace === undefined && !vip;
}

/**
 * Chooses by pods (their endpoints, and the load balancers that send to them) and by Services or VIPs (their load
 * balancers, and the endpoints that these send to); by both, what is of both. Undefined: everything is wanted.
 */
export function chosenOf(view: HnsView, choice: HnsChoice): Chosen | undefined {
  if (choosesAll(choice)) return undefined;
  const byFront = choice.service ?? choice.vip;
  const fronts = view.loadBalancers.filter(lb => isFront(lb, choice));
  const behind = new Set(fronts.flatMap(lb => lb.endpoints.map(e => e.endpoint.id)));
  const endpoints = view.inOrder.filter(
    joined => isOfPods(joined, choice) && (!byFront || behind.has(joined.endpoint.id)),
  );
  const ids = new Set(endpoints.map(e => e.endpoint.id));
  const loadBalancers = fronts.filter(
    lb => !choice.pods || hasService(lb, choice) || lb.endpoints.some(e => ids.has(e.endpoint.id)),
  );
  const namespaces = [...view.namespaces.values()].filter(
    n => n.endpoints.some(id => ids.has(id)) || (!byFront && isPodOf(sandboxOf(view, n), choice)),
  );
  return {
    networks: new Set(endpoints.map(e => e.endpoint.network)),
    endpoints: ids,
    namespaces: new Set([
      ...namespaces.map(n => n.id),
      ...endpoints.flatMap(e => (e.namespace ? [e.namespace.id] : [])),
    ]),
    loadBalancers: new Set(loadBalancers.map(lb => lb.loadBalancer.id)),
  };
}

function isFront(lb: JoinedLoadBalancer, {service, vip}: HnsChoice): boolean {
  if (service && !servicesOf(lb).some(s => nameText(s) === nameText(service))) return false;
  if (!vip) return true;
  const {vips, ports} = lb.loadBalancer;
  return (
    vips.some(ip => ipKey(ip) === ipKey(vip.ip)) &&
    (vip.port === undefined || ports.some(p => p.external === vip.port))
  );
}

/** Where a namespace is chosen, its Services are, too, whoever answers them. */
function hasService(lb: JoinedLoadBalancer, {namespace}: HnsChoice): boolean {
  return namespace !== undefined && servicesOf(lb).some(s => s.namespace === namespace);
}

function isOfPods(joined: JoinedEndpoint, choice: HnsChoice): boolean {
  return !choice.pods || isPodOf(podOf(joined) ?? undefined, choice);
}

function isPodOf(pod: Named | undefined, {pods}: HnsChoice): boolean {
  return pod !== undefined && (pods?.has(nameText(pod)) ?? true);
}
