import type {EventIndex} from '../kube/events.ts';
import {isRecent} from '../kube/events.ts';
import type {Event, KubeObject} from '../kube/types.ts';
import type {Ref} from './define.ts';
import {ref} from './define.ts';

/** One error that a pod shows, as an event or in its status. */
export interface Symptom {
  text: string;
  ref: Ref;
  since?: string;
}

/** Recent events of a pod for these reasons, the newest first, as symptoms. */
export function eventSymptoms(
  events: EventIndex,
  pod: KubeObject,
  {reasons, now}: {reasons: ReadonlySet<string>; now: number},
): Symptom[] {
  return events
    .of(pod)
    .filter(e => e.reason !== undefined && reasons.has(e.reason) && isRecent(e, now))
    .flatMap(e => (e.message === undefined ? [] : [symptomOf(e, e.message)]));
}

function symptomOf(event: Event, text: string): Symptom {
  const {firstTimestamp} = event;
  return {
    text,
    ref: ref(event, '/message', text),
    ...(firstTimestamp !== undefined && {since: firstTimestamp}),
  };
}
