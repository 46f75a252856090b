import {errorClass} from '../../../data/error-class.ts';
import {lastSeen} from '../../../kube/events.ts';
import type {Event} from '../../../kube/types.ts';
import {HOUR, millis} from '../../../snapshot/time.ts';
import type {Subject} from '../../define.ts';

/** More of one kind in an hour than this is a storm (CHECKS: EVT001). */
export const STORM = 100;

/** Whom an event counts for: the workload of a pod, or the node. */
export interface Counted {
  subject: Subject;
  node?: string;
  workload?: string;
}

/** Events of one subject for one reason. */
export interface Group {
  counted: Counted;
  events: Event[];
}

/** One class of event that comes too often. */
export interface Storm extends Counted {
  reason: string;
  cause: string;
  /** Estimated number in the last hour. */
  perHour: number;
  loudest: Event;
  since: number;
}

/** Storms among events of one subject for one reason, told apart by class of text; few events are not looked at closer. */
export function stormsOf({counted, events}: Group, now: number): Storm[] {
  const storms = new Map<string, Storm>();
  if (events.reduce((sum, e) => sum + rateOf(e), 0) <= STORM) return [];
  for (const event of events) {
    const {reason = '', message = '', involvedObject} = event;
    const names = [involvedObject.name ?? '', involvedObject.namespace ?? '', counted.subject.name];
    const kind = errorClass(message, names);
    if (!kind) continue;
    const cause = `${reason}: ${kind.cause}`;
    const perHour = rateOf(event);
    const since = millis(event.firstTimestamp) ?? now;
    const storm = storms.get(cause);
    if (!storm) {
      storms.set(cause, {...counted, reason, cause, perHour, loudest: event, since});
      continue;
    }
    storm.perHour += perHour;
    storm.since = Math.min(storm.since, since);
    if (event.count > storm.loudest.count) storm.loudest = event;
  }
  return [...storms.values()].filter(s => s.perHour > STORM);
}

/** How many times an hour it came: its count, or what falls to one hour where it was counted for longer. */
function rateOf(event: Event): number {
  const first = millis(event.firstTimestamp);
  const hours = first === undefined ? 1 : Math.max(1, (lastSeen(event) - first) / HOUR);
  return event.count / hours;
}
