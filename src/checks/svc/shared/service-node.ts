import type {LoadBalancerCheck} from '../../../hns/cross-check.ts';
import type {Node} from '../../../kube/types.ts';
import {onNode} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {gapOf} from '../../../snapshot/evidence.ts';
import type {EvidenceMap} from '../../../snapshot/snapshot.ts';
import type {Outcome} from '../../define.ts';
import {skip} from '../../define.ts';
import type {NodeInput, SeenNode} from '../../each-node.ts';
import {eachNode} from '../../each-node.ts';
import type {NodeState, ServiceWants} from './node-state.ts';
import {stateOf} from './node-state.ts';

/** What is compared: without it nothing can be said of a node's load balancers. */
export const SERVICE_NEEDS = [
  'nodes',
  'services',
  'endpointSlices',
  'node.hns.loadbalancers',
  'node.hns.endpoints',
] as const;

const KEYS = ['node.hns.loadbalancers', 'node.hns.endpoints'] as const;
type Key = (typeof KEYS)[number];

/** Input of a check of load balancers. */
export interface ServiceInput extends Readonly<
  Pick<EvidenceMap, 'services' | 'endpointSlices' | 'node.hns.loadbalancers' | 'node.hns.endpoints'>
> {
  readonly nodes: readonly Node[];
  readonly only?: string;
  readonly now: number;
  readonly wants: ServiceWants;
}

/** One node with its load balancers, wanted and found. */
export type ServiceNode = SeenNode<Key> & Omit<NodeState, 'skipped'>;

/** Judges every node on which kube-proxy balances Services by HNS. */
export function* eachServiceNode(
  input: ServiceInput,
  judge: (node: ServiceNode) => Iterable<Outcome>,
): Generator<Outcome> {
  const walked: NodeInput<Key> = input;
  yield* eachNode(walked, KEYS, function* (seen) {
    const {services, endpointSlices: slices, wants} = input;
    const {'node.hns.loadbalancers': loadBalancers, 'node.hns.endpoints': endpoints} = seen.facts;
    const state = stateOf(seen.node, {services, slices, loadBalancers, endpoints}, wants);
    if (state.skipped !== undefined) yield skip(state.skipped);
    else yield* judge({...seen, ...state, check: seen.gap ? certain(state.check) : state.check});
  });
}

/** What of a comparison holds where a part of HNS's answer did not come: nothing follows from what is not in it. */
function certain(check: LoadBalancerCheck): LoadBalancerCheck {
  return {
    ...check,
    missing: [],
    matches: check.matches.map(match => ({...match, missing: [], dangling: []})),
  };
}

/** What the comparison of a node comes to, for checks of something else; undefined where it cannot be made. */
export function loadBalancersOf(
  node: Node,
  evidence: ServiceWants & {readonly [K in (typeof SERVICE_NEEDS)[number]]: Evidence<EvidenceMap[K]>},
): LoadBalancerCheck | undefined {
  const {nodes, services, endpointSlices} = evidence;
  const balancers = onNode(evidence['node.hns.loadbalancers'], node.metadata.name);
  const endpoints = onNode(evidence['node.hns.endpoints'], node.metadata.name);
  const parts = [nodes, services, endpointSlices, balancers, endpoints];
  if (!nodes.ok || !services.ok || !endpointSlices.ok || !balancers.ok || !endpoints.ok) return undefined;
  if (parts.some(part => gapOf(part) !== undefined)) return undefined;
  const {skipped, check} = stateOf(
    node,
    {
      services: services.value,
      slices: endpointSlices.value,
      loadBalancers: balancers.value,
      endpoints: endpoints.value,
    },
    evidence,
  );
  return skipped === undefined ? check : undefined;
}
