import type {Pod} from '../../../kube/types.ts';
import {once} from '../../../once/once.ts';

/** Pods by the name of the node that they sit on. */
export const podsByNode = once((pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> => {
  const placed = pods.filter(p => p.nodeName !== undefined);
  return Map.groupBy(placed, p => p.nodeName ?? '');
});

/** Addresses of a pod, the primary one first. */
export function podIps({status}: Pod): string[] {
  const all = status.podIPs?.map(p => p.ip) ?? [];
  if (all.length > 0) return all;
  return status.podIP ? [status.podIP] : [];
}
