import {HOUR, millis} from '../snapshot/time.ts';
import type {Event, KubeObject} from './types.ts';
import {idOf} from './workloads.ts';
import {once} from '../once/once.ts';

/**
 * Events count as news for this long after they were last seen: the API server keeps them for an hour by default
 * (`--event-ttl`, https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/), and a kubelet that
 * still fails repeats itself every few minutes.
 */
export const RECENT = HOUR;

/** Events by the object that they are about, the newest first. */
export class EventIndex {
  readonly #bySubject: ReadonlyMap<string, Event[]>;

  constructor(events: readonly Event[]) {
    this.#bySubject = Map.groupBy(events, ({involvedObject: {kind = '', namespace = '', name = ''}}) =>
      idOf({kind, metadata: {namespace, name}}),
    );
    for (const list of this.#bySubject.values()) list.sort((a, b) => lastSeen(b) - lastSeen(a));
  }

  /** Events about an object, the newest first; those of an earlier object of the same name are left out. */
  of(object: KubeObject): readonly Event[] {
    const found = this.#bySubject.get(idOf(object)) ?? [];
    const {
      kind,
      metadata: {uid},
    } = object;
    if (uid === undefined) return found;
    return found.filter(
      e => e.involvedObject.uid === undefined || kind === 'Node' || e.involvedObject.uid === uid,
    );
  }

  /** Events about an object that were seen within the last hour before `now`, the newest first. */
  recent(object: KubeObject, now: number): readonly Event[] {
    return this.of(object).filter(e => isRecent(e, now));
  }
}

/** The index of a list of events; it is made once. */
export const indexEvents = once((events: readonly Event[]): EventIndex => new EventIndex(events));

/** When an event was last seen, in milliseconds since 1970; 0 where it does not say. */
export function lastSeen(event: Event): number {
  return (
    millis(event.lastTimestamp) ??
    millis(event.firstTimestamp) ??
    millis(event.metadata.creationTimestamp) ??
    0
  );
}

/** Whether an event was last seen within the hour before `now`; clocks that run ahead do not matter. */
export function isRecent(event: Event, now: number): boolean {
  return now - lastSeen(event) <= RECENT;
}
