import type {Evidence} from '../snapshot/evidence.ts';
import {MINUTE, millis} from '../snapshot/time.ts';
import {lastSeen} from './events.ts';
import type {Event, Pod} from './types.ts';

/**
 * How long a pool may take to bring a Windows node up after an autoscaler has promised one: large images and first
 * boot make ten minutes ordinary.
 */
export const SCALE_UP_PATIENCE = 15 * MINUTE;
/** How long a pod may wait before anything is said where no autoscaler has spoken. */
const PENDING_PATIENCE = 5 * MINUTE;

/** Cluster Autoscaler and Karpenter say so when they bring a node up for a pod. */
const PROMISES = new Set(['TriggeredScaleUp', 'Nominated']);
const REFUSALS = new Set(['NotTriggerScaleUp', 'FailedScaleUp', 'FailedToScaleUp']);

/** What is known of a pending pod's wait. */
export interface Wait {
  /** `undefined`: it is too early to say anything. */
  severity: 'error' | 'info' | undefined;
  /** Since when it waits, RFC 3339. */
  since: string | undefined;
  /** The autoscaler's newest word on it. */
  event: Event | undefined;
}

/**
 * Judges waits of pending pods: information while an autoscaler's promise is young, an error once it has refused,
 * failed or run out of patience, and, without any autoscaler, an error after five minutes.
 */
export class Waits {
  readonly #now: number;
  readonly #eventsKnown: boolean;
  readonly #words = new Map<string, Event>();

  constructor(events: Evidence<Event[]>, now: number) {
    this.#now = now;
    this.#eventsKnown = events.ok;
    for (const event of events.ok ? events.value : []) this.#hear(event);
  }

  /** The wait of one pod; `unknown` where events could change the answer and could not be read. */
  of(pod: Pod): Wait | 'unknown' {
    const since = pendingSince(pod);
    const event = this.#words.get(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
    return this.judge(since, event);
  }

  /** The wait of something that began at a time, with an autoscaler's word on it or none. */
  judge(since: string | undefined, event: Event | undefined): Wait | 'unknown' {
    const waited = this.#now - (millis(since) ?? -Infinity);
    const severity = (value: Wait['severity']): Wait => ({severity: value, since, event});
    if (event && isPromise(event)) {
      const age = this.#now - lastSeen(event);
      return severity(age < SCALE_UP_PATIENCE ? 'info' : 'error');
    }
    if (event) return severity('error');
    if (waited < PENDING_PATIENCE) return severity(undefined);
    if (!this.#eventsKnown && waited < SCALE_UP_PATIENCE) return 'unknown';
    return severity('error');
  }

  #hear(event: Event): void {
    const {kind, namespace = '', name = ''} = event.involvedObject;
    if (kind !== 'Pod' || !(isPromise(event) || isRefusal(event))) return;
    const key = `${namespace}/${name}`;
    const known = this.#words.get(key);
    if (!known || lastSeen(event) >= lastSeen(known)) this.#words.set(key, event);
  }
}

/** Whether an autoscaler says that it brings a node up. */
export function isPromise(event: Event): boolean {
  return PROMISES.has(event.reason ?? '');
}

/** Whether an autoscaler says that it will not or could not. Karpenter uses the scheduler's own reason for that. */
function isRefusal(event: Event): boolean {
  return (
    REFUSALS.has(event.reason ?? '') ||
    (event.reason === 'FailedScheduling' && event.component === 'karpenter')
  );
}

/** Whether a pod waits for a node: not yet placed, not gated, not going away. */
export function isPending(pod: Pod): boolean {
  if (pod.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return false;
  const scheduled = pod.status.conditions?.find(c => c.type === 'PodScheduled');
  return pod.status.phase === 'Pending' && scheduled?.reason !== 'SchedulingGated';
}

/** Since when a pod waits: as the scheduler first said, else since it was made. */
export function pendingSince(pod: Pod): string | undefined {
  const scheduled = pod.status.conditions?.find(c => c.type === 'PodScheduled' && c.status === 'False');
  return scheduled?.lastTransitionTime ?? pod.metadata.creationTimestamp;
}
