import type {FoundFrontend} from '../../../hns/found-load-balancers.ts';
import type {HnsLoadBalancer} from '../../../hns/model.ts';
import type {ExpectedLoadBalancer} from '../../../kube-proxy/load-balancer.ts';
import {protocolName} from '../../../kube-proxy/load-balancer.ts';
import type {Service} from '../../../kube/types.ts';
import {count, list} from '../../../text/words.ts';
import type {Fail, ObjectRef} from '../../define.ts';
import {ref} from '../../define.ts';

/** So many nodes, addresses and the like are named in a message. */
const MAX_NAMED = 3;

/** What an address and port are called: `10.96.0.10:53/UDP`, `node port 30080/TCP`. */
function frontendName(vip: string, port: number, protocol: number): string {
  const name = protocolName(protocol);
  if (vip === '') return `node port ${port}/${name}`;
  return vip.includes(':') ? `[${vip}]:${port}/${name}` : `${vip}:${port}/${name}`;
}

/** The name of what is wanted. */
export function expectedName({vip, protocol, externalPort}: ExpectedLoadBalancer): string {
  return frontendName(vip, externalPort, protocol);
}

/** The name of what is there. */
export function foundName({vip, port}: FoundFrontend): string {
  return frontendName(vip, port.external, port.protocol);
}

/** `shop/web`. */
export function serviceName({metadata}: Service): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Up to three of many: `a, b, c and 4 more`. */
export function some(parts: readonly string[]): string {
  const more = parts.length - MAX_NAMED;
  return list(more > 0 ? [...parts.slice(0, MAX_NAMED), `${more} more`] : parts);
}

/** Nodes of fails with how many each has, the most first: `win-1 (40), win-2 (3) and 2 more`. */
export function nodesWithCounts(fails: readonly Fail[]): string {
  const byNode = [...Map.groupBy(fails, f => f.node ?? '')].sort(([, a], [, b]) => b.length - a.length);
  return some(byNode.map(([node, own]) => `${node} (${own.length})`));
}

/** `40 load balancers of 12 Services on win-1 (38) and win-2 (2)`. */
export function balancersOn(fails: readonly Fail[], services: number): string {
  return `${count(fails.length, 'load balancer')} of ${count(services, 'Service')} on ${nodesWithCounts(fails)}`;
}

/** Where a Service says that it wants a load balancer: the address, or the node port. */
export function wantedBy({kind, service, port, index, vip}: ExpectedLoadBalancer): ObjectRef {
  if (kind === 'NodePort') return ref(service, `/spec/ports/${index}/nodePort`, port.nodePort);
  if (kind === 'ExternalIP') {
    const at = service.spec.externalIPs?.indexOf(vip) ?? -1;
    return ref(service, `/spec/externalIPs/${at}`, vip);
  }
  if (kind === 'Ingress' || kind === 'HealthCheck') {
    const at = service.status.loadBalancer?.ingress?.findIndex(i => i.ip === vip) ?? -1;
    return ref(service, `/status/loadBalancer/ingress/${at}/ip`, vip);
  }
  const at = service.spec.clusterIPs?.indexOf(vip) ?? -1;
  return at < 0 ? ref(service, '/spec/clusterIP', vip) : ref(service, `/spec/clusterIPs/${at}`, vip);
}

/** What a load balancer answers for: `10.96.0.10:53/UDP`, or its id where it says nothing. */
export function titleOf(balancer: HnsLoadBalancer): string {
  const [port] = balancer.ports;
  return port ? foundName({balancer, port, vip: balancer.vips[0] ?? ''}) : balancer.id;
}
