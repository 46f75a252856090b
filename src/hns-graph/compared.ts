import {SERVICE_WANTS} from '../checks/svc/shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from '../checks/svc/shared/service-node.ts';
import type {ServiceInput} from '../checks/svc/shared/service-node.ts';
import type {LoadBalancerCheck} from '../hns/cross-check.ts';
import type {JoinedEndpoint} from '../hns/joins.ts';
import {podsWithEndpoints} from '../hns/joins.ts';
import {podsByAddress} from '../hns/pods-by-address.ts';
import type {HnsView} from '../inventory/hns/view.ts';
import {VIEW_KEYS, hnsView, nameText, namedOf} from '../inventory/hns/view.ts';
import {ipKey} from '../kube/ip.ts';
import {onNode} from '../node/on-node.ts';
import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {millis} from '../snapshot/time.ts';

/** Evidence that a graph is made of. */
export const GRAPH_KEYS: readonly EvidenceKey[] = [
  ...new Set<EvidenceKey>([...VIEW_KEYS, ...SERVICE_NEEDS, ...SERVICE_WANTS]),
];

/** A node's HNS, with what looks addresses and pods up in it. */
export interface GraphView extends HnsView {
  /** The endpoint that has an address; one of this node before a remote one. */
  endpointAt(ip: string): JoinedEndpoint | undefined;
  /** `namespace/name` of the pod that has an address, wherever it runs. */
  podAt(ip: string): string | undefined;
  /** Pods of this node that need an endpoint, by name, with their address. */
  readonly localPods: readonly (readonly [string, string])[];
  /** Whether containerd told its sandboxes. */
  readonly seesSandboxes: boolean;
}

/** A node's HNS, and its load balancers beside those that Services want. */
export interface Compared {
  readonly view: GraphView;
  /** Undefined where nothing can be said: evidence is missing, or no kube-proxy balances there. */
  readonly check: LoadBalancerCheck | undefined;
  /** Why not. */
  readonly unknown?: string;
}

/** Joins and compares what HNS of one node has. */
export function comparedNode(snapshot: Snapshot, node: string): Compared {
  const view = graphView(snapshot, node);
  const input = serviceInput(snapshot, node);
  if (typeof input === 'string') return {view, check: undefined, unknown: input};
  let check: LoadBalancerCheck | undefined;
  let unknown: string | undefined;
  const outcomes = eachServiceNode(input, function* (seen) {
    check = seen.check;
    yield* [];
  });
  for (const outcome of outcomes) {
    if (outcome.status === 'unknown') unknown = outcome.detail;
    if (outcome.status === 'skip') unknown = outcome.reason;
  }
  return {view, check, ...(unknown !== undefined && {unknown})};
}

function graphView(snapshot: Snapshot, node: string): GraphView {
  const view = hnsView(snapshot, node);
  const evidence = evidenceOf(snapshot, 'pods');
  const pods = evidence.ok ? evidence.value : [];
  const byAddress = new Map<string, JoinedEndpoint>();
  for (const remote of [true, false]) {
    for (const joined of view.inOrder) {
      if (joined.endpoint.remote !== remote) continue;
      for (const ip of joined.endpoint.ips) byAddress.set(ipKey(ip), joined);
    }
  }
  return {
    ...view,
    endpointAt: ip => byAddress.get(ipKey(ip)),
    podAt: ip => {
      const pod = podsByAddress(pods).at(ip.toLowerCase());
      return pod && nameText(namedOf(pod));
    },
    localPods: podsWithEndpoints(pods, node)
      .filter(pod => pod.status.phase === 'Running')
      .map(pod => [nameText(namedOf(pod)), pod.status.podIP ?? ''] as const),
    seesSandboxes: onNode(evidenceOf(snapshot, 'node.cri.sandboxes'), node).ok,
  };
}

/** What checks of load balancers are given of one node; why not, where it is not there. */
function serviceInput(snapshot: Snapshot, only: string): ServiceInput | string {
  const nodes = evidenceOf(snapshot, 'nodes');
  const services = evidenceOf(snapshot, 'services');
  const endpointSlices = evidenceOf(snapshot, 'endpointSlices');
  const balancers = evidenceOf(snapshot, 'node.hns.loadbalancers');
  const endpoints = evidenceOf(snapshot, 'node.hns.endpoints');
  if (!nodes.ok) return nodes.detail;
  if (!services.ok) return services.detail;
  if (!endpointSlices.ok) return endpointSlices.detail;
  if (!balancers.ok) return balancers.detail;
  if (!endpoints.ok) return endpoints.detail;
  return {
    nodes: nodes.value,
    services: services.value,
    endpointSlices: endpointSlices.value,
    'node.hns.loadbalancers': balancers.value,
    'node.hns.endpoints': endpoints.value,
    only,
    now: millis(snapshot.now) ?? 0,
    wants: {
      workloads: evidenceOf(snapshot, 'workloads'),
      configMaps: evidenceOf(snapshot, 'configMaps'),
      'node.processes': evidenceOf(snapshot, 'node.processes'),
      'node.services': evidenceOf(snapshot, 'node.services'),
      'node.hns': evidenceOf(snapshot, 'node.hns'),
      'node.hns.networks': evidenceOf(snapshot, 'node.hns.networks'),
    },
  };
}
