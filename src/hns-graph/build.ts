import type {FoundFrontend} from '../hns/found-load-balancers.ts';
import type {Match, MissingBalancer} from '../hns/cross-check.ts';
import {expectedName, foundName} from '../checks/svc/shared/naming.ts';
import type {HnsChoice} from '../inventory/hns/selection.ts';
import type {Named} from '../inventory/hns/view.ts';
import {nameText, namedOf, podOf} from '../inventory/hns/view.ts';
import type {ExpectedLoadBalancer} from '../kube-proxy/load-balancer.ts';
import {ipKey} from '../kube/ip.ts';
import {GraphBuilder} from './graph.ts';
import type {HnsGraph} from './graph.ts';
import {podWay} from './pod-way.ts';
import type {Compared, GraphView} from './compared.ts';

/** More load balancers than this are no picture; those with a fault come first. */
const MOST_BALANCERS = 12;
/** The same of the endpoints of one. */
const MOST_ENDPOINTS = 6;

/** Draws the chosen ways through one node. */
export function hnsGraph({view, check, unknown}: Compared, choice: HnsChoice): HnsGraph {
  const graph = new GraphBuilder();
  const wanted = (front: Front): boolean => isWanted(front, view, choice);
  const matches = (check?.matches ?? []).filter(m =>
    wanted({...frontOf(m.expected), endpoints: m.found.balancer.endpoints}),
  );
  const missing = (check?.missing ?? []).filter(m => wanted({...frontOf(m.expected), endpoints: []}));
  const orphaned = (check?.orphaned ?? []).filter(f => wanted(orphanFront(f)));
  const faulty = [
    ...missing.map(one => () => addMissing(graph, view, one)),
    ...matches.filter(hasFault).map(match => () => addMatch(graph, view, match)),
    ...orphaned.map(one => () => addOrphaned(graph, view, one)),
  ];
  const rest = matches.filter(m => !hasFault(m)).map(match => () => addMatch(graph, view, match));
  const drawn = [...faulty, ...rest].slice(0, MOST_BALANCERS);
  let fine = Math.min(rest.length, faulty.length + rest.length - drawn.length);
  for (const draw of drawn) fine += draw();
  const broken = Math.max(0, faulty.length - drawn.length);
  if (choice.pods && !choice.service && !choice.vip) addPods(graph, view, choice.pods);
  return graph.build(view.node, {leftOut: {broken, fine}, unknown});
}

interface Front {
  service: string | undefined;
  vip: string;
  port: number;
  /** Addresses that it should send to, and endpoints that it does. */
  ips: readonly string[];
  endpoints: readonly string[];
}

function frontOf({service, vip, externalPort, backends}: ExpectedLoadBalancer): Omit<Front, 'endpoints'> {
  return {service: nameText(namedOf(service)), vip, port: externalPort, ips: backends.map(b => b.ip)};
}

function orphanFront({balancer, vip, port}: FoundFrontend): Front {
  return {service: undefined, vip, port: port.external, ips: [], endpoints: balancer.endpoints};
}

function isWanted({service, vip, port, ips, endpoints}: Front, view: GraphView, choice: HnsChoice): boolean {
  if (choice.service && service !== nameText(choice.service)) return false;
  if (choice.vip) {
    if (vip === '' || ipKey(vip) !== ipKey(choice.vip.ip)) return false;
    if (choice.vip.port !== undefined && choice.vip.port !== port) return false;
  }
  const {pods, namespace} = choice;
  if (!pods || (namespace !== undefined && service?.startsWith(`${namespace}/`))) return true;
  const joined = endpoints.flatMap(id => view.endpoints.get(id) ?? []);
  return joined.some(e => isOneOf(pods, podOf(e))) || ips.some(ip => pods.has(view.podAt(ip) ?? ''));
}

function isOneOf(pods: ReadonlySet<string>, pod: Named | null): boolean {
  return pod !== null && pods.has(nameText(pod));
}

function hasFault({missing, extra, dangling, wrongPort}: Match): boolean {
  return wrongPort || missing.length + extra.length + dangling.length > 0;
}

function addService(graph: GraphBuilder, {service}: ExpectedLoadBalancer): string {
  const name = nameText(namedOf(service));
  const detail = service.spec.type ?? 'ClusterIP';
  return graph.step({id: `service ${name}`, kind: 'Service', title: name, detail});
}

/** Like the others that add a load balancer it answers how many of its endpoints were left out. */
function addMissing(
  graph: GraphBuilder,
  view: GraphView,
  {expected, hasNoEndpoint}: MissingBalancer,
): number {
  const name = expectedName(expected);
  const balancer = graph.step({
    id: `wanted ${expected.key}`,
    kind: 'load balancer',
    title: name,
    detail: expected.kind,
    absent: true,
  });
  graph.link(addService(graph, expected), balancer, `HNS of ${view.node} has no load balancer for ${name}`);
  for (const {ip, optional} of expected.backends.slice(0, MOST_ENDPOINTS)) {
    if (optional) continue;
    const endpoint = view.endpointAt(ip);
    if (endpoint) graph.link(balancer, podWay(graph, view, endpoint));
    else {
      const absent = addAbsent(graph, ip, view.podAt(ip) ?? '');
      graph.link(
        balancer,
        absent,
        hasNoEndpoint ? `HNS of ${view.node} has no endpoint for ${ip}` : undefined,
      );
    }
  }
  return Math.max(0, expected.backends.length - MOST_ENDPOINTS);
}

function addOrphaned(graph: GraphBuilder, view: GraphView, found: FoundFrontend): number {
  const nobody = graph.step({id: 'nobody', kind: 'Service', title: 'none', absent: true});
  const balancer = addBalancer(graph, found);
  graph.link(nobody, balancer, `no Service wants the load balancer for ${foundName(found)}`);
  for (const id of found.balancer.endpoints.slice(0, MOST_ENDPOINTS))
    addEndpoint(graph, view, {balancer, id});
  return Math.max(0, found.balancer.endpoints.length - MOST_ENDPOINTS);
}

function addMatch(graph: GraphBuilder, view: GraphView, match: Match): number {
  const {expected, found, missing, extra, dangling, wrongPort} = match;
  const balancer = addBalancer(graph, found);
  const name = foundName(found);
  graph.link(
    addService(graph, expected),
    balancer,
    wrongPort
      ? `the load balancer for ${name} sends to port ${found.port.internal}, and its pods have ${expected.internalPorts.join(' or ')}`
      : undefined,
  );
  for (const id of dangling) {
    const absent = addAbsent(graph, id.slice(0, SHORT), '', id);
    graph.link(
      balancer,
      absent,
      `the load balancer for ${name} sends to endpoint ${id}, which HNS does not have`,
    );
  }
  for (const endpoint of extra) {
    const joined = view.endpoints.get(endpoint.id);
    if (!joined) continue;
    const fault = `the load balancer for ${name} sends to ${endpoint.ips.join(' and ')}, which is no ready endpoint of the Service`;
    graph.link(balancer, podWay(graph, view, joined), fault);
  }
  for (const {backend, hasEndpoint} of missing) {
    const joined = view.endpointAt(backend.ip);
    const to =
      joined && hasEndpoint
        ? podWay(graph, view, joined)
        : addAbsent(graph, backend.ip, view.podAt(backend.ip) ?? '');
    const without = hasEndpoint ? '' : ', and HNS has no endpoint for it';
    graph.link(
      balancer,
      to,
      `the load balancer for ${name} does not send to ${backend.ip}, which is ready${without}`,
    );
  }
  const wrong = new Set([...dangling, ...extra.map(e => e.id)]);
  const right = found.balancer.endpoints.filter(id => !wrong.has(id));
  for (const id of right.slice(0, MOST_ENDPOINTS)) addEndpoint(graph, view, {balancer, id});
  return Math.max(0, right.length - MOST_ENDPOINTS);
}

const SHORT = 8;

function addBalancer(graph: GraphBuilder, {balancer, port, vip}: FoundFrontend): string {
  return graph.step({
    id: `balancer ${balancer.id}`,
    kind: 'load balancer',
    title: foundName({balancer, port, vip}),
    detail: `${balancer.id.slice(0, SHORT)} to port ${port.internal}${balancer.dsr ? ', DSR' : ''}`,
  });
}

function addEndpoint(
  graph: GraphBuilder,
  view: GraphView,
  {balancer, id}: {balancer: string; id: string},
): void {
  const joined = view.endpoints.get(id);
  if (joined) graph.link(balancer, podWay(graph, view, joined));
}

function addAbsent(graph: GraphBuilder, title: string, detail: string, id = title): string {
  return graph.step({
    id: `absent ${id}`,
    kind: 'endpoint',
    title,
    ...(detail !== '' && {detail}),
    absent: true,
  });
}

/** The ways of pods that no load balancer sends to, too; a pod of this node without an endpoint is told. */
function addPods(graph: GraphBuilder, view: GraphView, pods: ReadonlySet<string>): void {
  const there = new Set<string>();
  for (const joined of view.inOrder) {
    const pod = podOf(joined);
    if (!pod || !pods.has(nameText(pod))) continue;
    podWay(graph, view, joined);
    if (!joined.endpoint.remote) there.add(nameText(pod));
  }
  for (const [name, ip] of view.localPods) {
    if (!pods.has(name) || there.has(name)) continue;
    const absent = addAbsent(graph, ip, '');
    const pod = graph.step({id: `pod ${name}`, kind: 'pod', title: name, detail: ip});
    graph.link(absent, pod, `HNS of ${view.node} has no endpoint for ${ip} of Pod ${name}`);
  }
}
