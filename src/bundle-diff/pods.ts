import type {Subject} from '../checks/define.ts';
import type {Pod} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import {idOf} from '../kube/workloads.ts';
import {compareText} from '../text/compare.ts';
import type {Change} from './change.ts';
import {subjectOf} from './objects.ts';

/** How the pods of a workload are, in words. */
export interface PodStates {
  readonly owner: Subject;
  readonly states: string;
}

/** How the pods of each workload are, by the workload. */
export type StatesById = ReadonlyMap<string, PodStates>;

/** How the pods of workloads are: how many there are, in which states. */
export function podStates(workloads: readonly Workload[]): StatesById {
  return new Map(
    workloads.map(({owner, pods}) => [idOf(owner), {owner: subjectOf(owner), states: states(pods)}]),
  );
}

/** What changed of the pods of each workload. */
export function* podChanges(old: StatesById, now: StatesById): Generator<Change> {
  for (const [id, {owner, states: before}] of old) {
    const after = now.get(id)?.states;
    if (after !== undefined && before !== after)
      yield {
        section: 'state',
        change: 'changed',
        what: owner.kind,
        field: 'pods',
        before,
        after,
        subject: owner,
      };
  }
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
