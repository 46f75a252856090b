import type {Collector} from '../collect/collector.ts';
import {whyMissing} from '../collect/why-missing.ts';
import {splitEvents} from '../../src/logs/event-lines.ts';
import {joinEvents, maskEvent} from './events/events-xml.ts';
import type {EventLog} from './events/wevtutil.ts';
import type {Channel} from '../../src/logs/places/channels.ts';

/** A dozen processes one after another, on a node that is busy. */
const TIMEOUT_MS = 60_000;
/** A channel that hangs leaves time for the others. */
const CHANNEL_TIMEOUT_MS = 15_000;
/** What happened since yesterday; AKS' own collector takes as much of a channel as a case needs. */
const WITHIN_MS = 24 * 60 * 60 * 1000;
/** Of each channel, the newest. HNS' debug events alone can be thousands in an hour. */
const MAX_EVENTS = 1000;
const MAX_BYTES = 2 << 20;

/** What the collector is made with. */
export interface EventsPorts {
  readonly channels: readonly Channel[];
  readonly eventLog: EventLog;
}

/** The newest events of each channel, of the last 24 hours: `eventlog/<channel, / as ->.xml`, the newest first. */
export function eventsCollector({channels, eventLog}: EventsPorts): Collector {
  return {
    name: 'eventlog',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect({signal}) {
      for (const {name} of channels) {
        signal.throwIfAborted();
        const facts = {file: `eventlog/${name.replaceAll('/', '-')}.xml`, source: `wevtutil qe ${name}`};
        const deadline = AbortSignal.any([signal, AbortSignal.timeout(CHANNEL_TIMEOUT_MS)]);
        try {
          const xml = await eventLog({channel: name, withinMs: WITHIN_MS, count: MAX_EVENTS}, deadline);
          yield {...facts, ...newestEvents(splitEvents(xml).map(maskEvent))};
        } catch (error) {
          yield {...facts, missing: whyMissing(error)};
        }
      }
    },
  };
}

/** As many events as fit, the newest; what is left out is said. */
function newestEvents(events: readonly string[]): {
  body: string;
  partial?: {reason: 'not-requested'; detail: string};
} {
  const frame = Buffer.byteLength(joinEvents([]));
  let bytes = frame;
  const fitting = events.findIndex(event => (bytes += Buffer.byteLength(event) + 1) > MAX_BYTES);
  const kept = fitting === -1 ? events : events.slice(0, fitting);
  const isPart = kept.length < events.length || events.length >= MAX_EVENTS;
  const detail = `the newest ${kept.length} events of the last 24 hours`;
  return {body: joinEvents(kept), ...(isPart && {partial: {reason: 'not-requested', detail}})};
}
