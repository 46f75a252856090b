import type {Json, Raw} from '../helpers/raw.ts';
import {ago} from '../helpers/raw.ts';

/** Seconds. */
export const HOUR = 3600;

/** Makes objects so many seconds old. */
export function born(seconds: number, objects: Raw[]): Raw[] {
  for (const object of objects) {
    object.metadata['creationTimestamp'] = ago(seconds);
    if (object.kind !== 'Pod') continue;
    object['status'].startTime = ago(seconds);
    for (const condition of object['status'].conditions) condition.lastTransitionTime = ago(seconds);
  }
  return objects;
}

/** A pod whose one container does not run. */
export function waiting(pod: Json, reason: string, message?: string): void {
  pod.status.phase = 'Pending';
  for (const condition of pod.status.conditions) {
    if (condition.type === 'Ready' || condition.type === 'ContainersReady') condition.status = 'False';
  }
  const [status] = pod.status.containerStatuses;
  status.ready = false;
  status.started = false;
  status.state = {waiting: {reason, ...(message !== undefined && {message})}};
}

/** A controller none of whose pods runs. */
export function notAvailable(owner: Json): void {
  owner.status = {replicas: 1, readyReplicas: 0, availableReplicas: 0, unavailableReplicas: 1};
}

/** An endpoint that gets no traffic. */
export function unready(endpoint: Json): void {
  endpoint.conditions = {ready: false, serving: false, terminating: false};
}
