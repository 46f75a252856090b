import {setTimeout as sleep} from 'node:timers/promises';
import {oneLine, splitEvents} from '../../src/logs/event-lines.ts';
import {maskEvent, recordIdOf} from './events/events-xml.ts';
import type {EventLog} from './events/wevtutil.ts';
import type {Reading} from './file-source.ts';
import type {Channel} from '../../src/logs/places/channels.ts';

/** Events that one question may answer. */
const MAX_EVENTS = 1000;
/** Each look is a process: seldom enough for a node, often enough for an eye. */
const POLL_MS = 2000;

/**
 * Events of a channel as rendered XML without secrets, a line an event, the oldest first; then, if it is followed, those that
 * come. At most the newest 1,000 to begin with. Throws CollectError.
 */
export async function* readChannel(
  {name}: Channel,
  {eventLog, since, tail, follow, signal}: Reading & {eventLog: EventLog},
): AsyncGenerator<string> {
  const withinMs = since === undefined ? undefined : Math.max(0, Date.now() - since);
  const count = Math.min(tail ?? MAX_EVENTS, MAX_EVENTS);
  // To follow, the newest is needed to know where it begins, even where none is wanted.
  const first = await eventLog(
    {channel: name, count: Math.max(1, count), ...(withinMs !== undefined && {withinMs})},
    signal,
  );
  const events = splitEvents(first);
  let last = newestId(events, 0);
  yield* lines(count === 0 ? [] : events);
  if (!follow) return;
  while (!signal.aborted) {
    await sleep(POLL_MS, undefined, {signal}).catch(() => undefined);
    if (signal.aborted) return;
    const news = splitEvents(await eventLog({channel: name, afterId: last, count: MAX_EVENTS}, signal));
    last = newestId(news, last);
    yield* lines(news);
  }
}

function* lines(newestFirst: readonly string[]): Generator<string> {
  for (const event of newestFirst.toReversed()) yield `${oneLine(maskEvent(event))}\n`;
}

function newestId(events: readonly string[], otherwise: number): number {
  return events.reduce((newest, event) => Math.max(newest, recordIdOf(event) ?? 0), otherwise);
}
