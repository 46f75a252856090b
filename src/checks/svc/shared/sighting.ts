import {changedAt} from '../../../kube-proxy/changes.ts';
import type {EndpointSlice, KubeObject, Service} from '../../../kube/types.ts';
import type {Fail} from '../../define.ts';
import {fail} from '../../define.ts';
import {stateOf} from '../../second-look.ts';
import type {ServiceNode} from './service-node.ts';

type Rest = Omit<Fail, 'status' | 'subject' | 'node' | 'state'>;

/** What says how old a fault of a Service is: its EndpointSlices with it, and kube-proxy of the node. */
export interface Ages {
  endpointSlices: readonly EndpointSlice[];
  now: number;
}

/** A fail of a Service on a node: suspected, unless so long nothing has changed that kube-proxy would have come round. */
export function failOfService(
  service: Service,
  seen: ServiceNode,
  {endpointSlices, now}: Ages,
  rest: Rest,
): Fail {
  const changed = changedAt(service, endpointSlices);
  const {runningSince} = seen;
  const known = changed !== undefined && runningSince !== undefined;
  const unchangedSince = known ? Math.max(changed, runningSince) : undefined;
  return sighted(service, seen, rest, {now, unchangedSince});
}

/**
 * A fail of the node itself: of load balancers whose age nothing tells (suspected), or of what is wrong for as long as
 * `unchangedSince` says.
 */
export function failOfNode(
  seen: ServiceNode,
  times: {now: number; unchangedSince?: number | undefined},
  rest: Rest,
): Fail {
  return sighted(seen.node, seen, rest, times);
}

function sighted(
  subject: KubeObject,
  {node}: ServiceNode,
  rest: Rest,
  {now, unchangedSince}: {now: number; unchangedSince?: number | undefined},
): Fail {
  const state = stateOf({at: now, unchangedSince}) === 'confirmed' ? 'confirmed' : 'suspected';
  return fail(subject, {...rest, node: node.metadata.name, state});
}
