import type {Pod} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import {idOf} from '../kube/workloads.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {compareText} from '../text/compare.ts';
import type {Change} from './change.ts';
import {subjectOf} from './objects.ts';

/** What changed of the pods of each workload: how many there are, in which states, how often they started again. */
export function* podChanges(before: Snapshot, after: Snapshot): Generator<Change> {
  const [old, now] = [workloadsOf(before), workloadsOf(after)];
  for (const [id, workload] of old) {
    const successor = now.get(id);
    if (!successor) continue;
    const subject = subjectOf(workload.owner);
    const about = {section: 'state', change: 'changed', what: workload.owner.kind, subject} as const;
    const [was, is] = [states(workload.pods), states(successor.pods)];
    if (was !== is) yield {...about, field: 'pods', before: was, after: is};
  }
}

function workloadsOf(snapshot: Snapshot): Map<string, Workload> {
  const evidence = evidenceOf(snapshot, 'workloads');
  return new Map((evidence.ok ? evidence.value : []).map(w => [idOf(w.owner), w]));
}

/** `3 ready`, `2 ready, 1 CrashLoopBackOff`. */
function states(pods: readonly Pod[]): string {
  const counts = new Map<string, number>();
  for (const pod of pods) counts.set(stateOf(pod), (counts.get(stateOf(pod)) ?? 0) + 1);
  const told = [...counts].sort(([a], [b]) => compareText(a, b)).map(([state, n]) => `${n} ${state}`);
  return told.length === 0 ? 'none' : told.join(', ');
}

/** In one word how a pod is, as `kubectl get pods` has it. */
function stateOf({status, metadata}: Pod): string {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const waiting = containers.find(c => c.state?.waiting?.reason !== undefined)?.state?.waiting?.reason;
  if (waiting !== undefined) return waiting;
  if (status.phase !== 'Running') return status.reason ?? status.phase ?? 'unknown';
  return status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ? 'ready' : 'not ready';
}
