import type {JoinedEndpoint} from '../hns/joins.ts';
import {endpointState} from '../inventory/hns/states.ts';
import {nameText, podOf} from '../inventory/hns/view.ts';
import type {GraphView} from './compared.ts';
import type {GraphBuilder} from './graph.ts';

/** A pod's endpoint in order is attached to its namespace (state 3, AttachedSharing). */
const ATTACHED_SHARING = 3;
/** Digits of ids that are shown. */
const SHORT = 8;

/** Adds the way from an endpoint to its pod, and answers with the endpoint's step. */
export function podWay(graph: GraphBuilder, view: GraphView, joined: JoinedEndpoint): string {
  const {endpoint} = joined;
  const title = endpoint.ips.join(', ') || endpoint.name;
  const id = graph.step({
    id: `endpoint ${endpoint.id}`,
    kind: 'endpoint',
    title,
    detail: `${endpoint.id.slice(0, SHORT)}${endpoint.remote ? ', remote' : ''}`,
  });
  if (endpoint.remote) remoteWay(graph, view, {joined, id});
  else localWay(graph, view, {joined, id});
  return id;
}

interface At {
  joined: JoinedEndpoint;
  /** Step of the endpoint. */
  id: string;
}

function remoteWay(graph: GraphBuilder, {node}: GraphView, {joined, id}: At): void {
  const {pod, endpoint} = joined;
  if (!pod) return;
  const name = nameText({namespace: pod.metadata.namespace ?? '', name: pod.metadata.name});
  const to = graph.step({
    id: `pod ${name}`,
    kind: 'pod',
    title: name,
    detail: pod.nodeName === undefined ? '' : `on ${pod.nodeName}`,
  });
  const fault =
    pod.nodeName === node
      ? `HNS of ${node} has a remote endpoint with ${endpoint.ips.join(' and ')}, the address of Pod ${name}, which runs there itself`
      : undefined;
  graph.link(id, to, fault);
}

/** The host's own endpoints have neither namespace nor pod: they end here. */
function localWay(graph: GraphBuilder, view: GraphView, {joined, id}: At): void {
  const {endpoint, namespace, sandbox, pod} = joined;
  const name = podOf(joined);
  const guid = namespace?.id ?? endpoint.namespace;
  if (guid === undefined && !name) return;
  const ip = endpoint.ips.join(' and ');
  const detached =
    endpoint.state === undefined || endpoint.state === ATTACHED_SHARING
      ? undefined
      : `endpoint ${ip} is ${endpointState(endpoint.state) ?? ''}, not AttachedSharing`;
  const space = graph.step({
    id: `namespace ${guid ?? endpoint.id}`,
    kind: 'namespace',
    title:
      namespace?.compartment === undefined
        ? (guid ?? 'none').slice(0, SHORT)
        : `compartment ${namespace.compartment}`,
    ...(namespace ? {detail: namespace.id.slice(0, SHORT)} : {absent: true}),
  });
  const noSpace =
    guid === undefined ? `endpoint ${ip} has no namespace` : `HNS of ${view.node} has no namespace ${guid}`;
  graph.link(id, space, namespace ? detached : noSpace);
  if (namespace?.isDefault) return;
  const box = graph.step({
    id: `sandbox ${sandbox?.id ?? guid ?? endpoint.id}`,
    kind: 'sandbox',
    title: sandbox?.id.slice(0, SHORT) ?? 'none',
    ...(sandbox ? {detail: sandbox.ready ? 'ready' : 'not ready'} : {absent: true}),
  });
  graph.link(space, box, sandboxFault(view, {joined, ip}));
  if (!sandbox && !pod) return;
  const title = name ? nameText(name) : '';
  const to = graph.step({id: `pod ${title}`, kind: 'pod', title, ...(pod ? {} : {absent: true})});
  graph.link(box, to, pod ? undefined : `the cluster has no Pod ${title}, to which the sandbox belongs`);
}

function sandboxFault(
  {seesSandboxes, node}: GraphView,
  {joined, ip}: {joined: JoinedEndpoint; ip: string},
): string | undefined {
  const {sandbox} = joined;
  if (sandbox?.ready) return undefined;
  if (sandbox) return `sandbox ${sandbox.id.slice(0, SHORT)} of endpoint ${ip} is not ready`;
  return seesSandboxes ? `containerd of ${node} has no sandbox for endpoint ${ip}` : undefined;
}
