import type {LinkFault} from '../../../probes/failing.ts';
import type {Leg} from '../../../probes/types.ts';
import type {Tried} from '../../../probes/verdict.ts';
import type {Seen} from './seen.ts';

/** Legs that go from one node to the pods of another. */
export const LINK_LEGS = ['node-to-pod', 'pod-other-node'] as const satisfies readonly Leg[];

/** The connections that a fault explains. */
export function linksOf({probes}: LinkFault, seen: Seen): Tried[] {
  return probes.flatMap(id => seen.byId(id) ?? []);
}

/** Whether other hosts reach a node's own address; undefined where none tried. */
export function isHostReached(node: string, seen: Seen): boolean | undefined {
  const tried = seen.tried('host').filter(t => t.probe.to.node === node);
  // A refusal comes from the host as well.
  return tried.length === 0 ? undefined : tried.some(t => t.result.ok || t.result.error === 'refused');
}
