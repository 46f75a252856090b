import type {TestCluster} from './cluster.ts';
import {ago, event} from './raw.ts';
import type {Json, Raw} from './raw.ts';

/** Edits that make a healthy pod sick, as the kubelet would report it. */

function unready(pod: Json): void {
  for (const c of pod.status.conditions) {
    if (c.type === 'Ready' || c.type === 'ContainersReady')
      Object.assign(c, {status: 'False', lastTransitionTime: ago(600)});
  }
}

/** The pod waits for its sandbox or volumes: no container was made yet. */
export function creating(pod: Json): void {
  unready(pod);
  pod.status.phase = 'Pending';
  delete pod.status.podIP;
  delete pod.status.podIPs;
  waiting(pod, 'ContainerCreating');
}

/** Every container waits for this reason. */
export function waiting(pod: Json, reason: string, message?: string): void {
  unready(pod);
  for (const s of pod.status.containerStatuses) {
    Object.assign(s, {
      ready: false,
      started: false,
      state: {waiting: {reason, ...(message !== undefined && {message})}},
    });
  }
}

/** Every container crashed and waits for its next start. */
export function crashing(
  pod: Json,
  exitCode: number,
  more: {restarts?: number; reason?: string; message?: string} = {},
): void {
  waiting(pod, 'CrashLoopBackOff', 'back-off 5m0s restarting failed container');
  for (const s of pod.status.containerStatuses) {
    s.restartCount = more.restarts ?? 12;
    s.lastState = {
      terminated: {
        exitCode,
        reason: more.reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
        ...(more.message !== undefined && {message: more.message}),
        startedAt: ago(125),
        finishedAt: ago(120),
      },
    };
  }
}

/** Deletion was asked for so that the pod was to be gone so many seconds ago. */
export function deleting(pod: Json, overdue: number, finalizers?: string[]): void {
  Object.assign(pod.metadata, {
    deletionTimestamp: ago(overdue),
    deletionGracePeriodSeconds: 30,
    ...(finalizers && {finalizers}),
  });
}

/** Adds an event about an object of the cluster. */
export function report(
  cluster: TestCluster,
  kind: string,
  name: string,
  reason: string,
  message: string,
  more: Parameters<typeof event>[3] = {},
): TestCluster {
  const of: Raw = cluster.get(kind, name);
  return cluster.add(event(of, reason, message, more));
}
