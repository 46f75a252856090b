import {millis} from '../snapshot/time.ts';
import type {EventLogs, WinEvent} from './eventlog.ts';
import {channelOf} from './eventlog.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';

/** Which events are looked for. */
export interface EventQuery {
  channel: string;
  provider: RegExp;
  ids: readonly number[];
  /** Milliseconds since 1970 from which on they count. */
  since: number;
}

/** Events that a query asks for, the newest first. */
export function findEvents({events}: EventLogs, {channel, provider, ids, since}: EventQuery): WinEvent[] {
  const name = channel.toLowerCase();
  return events
    .filter(
      e =>
        ids.includes(e.id) &&
        provider.test(e.provider) &&
        e.channel.toLowerCase() === name &&
        (millis(e.time) ?? 0) >= since,
    )
    .sort((a, b) => (millis(b.time) ?? 0) - (millis(a.time) ?? 0));
}

/** What is missing of a channel, so that the absence of an event proves nothing. */
export function channelGap(logs: EventLogs, channel: string): Missing | undefined {
  const state = channelOf(logs, channel);
  return state ? state.gap : missing('failed', `the agent sent nothing of the event log ${channel}`);
}
