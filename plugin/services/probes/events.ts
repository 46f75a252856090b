import type {FindingEvent, SeenEvent} from '../../../src/report/probes/finding-events.ts';
import {eventsOf, seenEventOf} from '../../../src/report/probes/finding-events.ts';
import type {Finding} from '../../../src/report/report.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {count} from '../../../src/text/words.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import type {ApiWriter} from '../../kube/api-writer.ts';
import {HttpApiWriter} from '../../kube/api-writer.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions} from '../access.ts';
import type {ClusterFlags, ScopeFlags} from '../access.ts';
import type {InventoryRun} from '../inventory.ts';

/** Events that one run writes: a fault of everything is told by its first subjects. */
const MOST_EVENTS = 30;
/** The same is told again after this time only; the API server forgets Events after an hour by itself. */
const AGAIN_MS = 3_600_000;

/** What is told as Events. */
export interface Told {
  findings: readonly Finding[];
  /** That they were found in. */
  snapshot: Snapshot;
  /** Who tells: the `source` of Events. */
  component: string;
}

/** Writes findings as Events of a live cluster. What cannot be written is a note: metrics and answer stand without it. */
export async function writeEvents(
  told: Told,
  flags: ClusterFlags & ScopeFlags & {from?: string | undefined},
  {signal, note}: InventoryRun,
): Promise<void> {
  if (flags.from !== undefined) {
    note('no Events: a capture is not written to');
    return;
  }
  const access = loadKubeconfig(accessOptions(flags));
  const [reader, writer] = [new HttpApiReader(access), new HttpApiWriter(access)];
  try {
    const events = eventsOf(told.findings, told.snapshot, told.component);
    const {written, failed} = await tellEvents(events, {reader, writer, signal, now: Date.now()});
    if (events.length > MOST_EVENTS)
      note(`${count(events.length - MOST_EVENTS, 'Event')} more than one run writes`);
    if (failed !== undefined) note(`not every Event could be written: ${failed}`);
    else if (written > 0) note(`${count(written, 'Event')} written`);
  } finally {
    await Promise.all([reader.close(), writer.close()]);
  }
}

/** How Events are written. */
export interface EventPorts {
  reader: ApiReader;
  writer: Pick<ApiWriter, 'apply'>;
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  now: number;
}

/** Writes Events that are not there, or were last told long ago; answers how many, and what the first one that could not be met with. */
export async function tellEvents(
  events: readonly FindingEvent[],
  ports: EventPorts,
): Promise<{written: number; failed?: string}> {
  let written = 0;
  for (const event of events.slice(0, MOST_EVENTS)) {
    try {
      if (await tell(event, ports)) written++;
    } catch (error) {
      ports.signal.throwIfAborted();
      return {written, failed: error instanceof Error ? error.message : String(error)};
    }
  }
  return {written};
}

async function tell(event: FindingEvent, {reader, writer, signal, now}: EventPorts): Promise<boolean> {
  const {namespace, name} = event.metadata;
  const path = `/api/v1/namespaces/${namespace}/events/${name}`;
  const seen = await seenAt(reader, path, signal);
  if (seen?.lastTimestamp !== undefined && now - Date.parse(seen.lastTimestamp) < AGAIN_MS) return false;
  const at = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  const told = {
    ...event,
    count: (seen?.count ?? 0) + 1,
    firstTimestamp: seen?.firstTimestamp ?? at,
    lastTimestamp: at,
  };
  await writer.apply(path, told, {signal, force: true});
  return true;
}

async function seenAt(reader: ApiReader, path: string, signal: AbortSignal): Promise<SeenEvent | undefined> {
  try {
    const {text} = await reader.get(path, {signal});
    // An Event of the API server.
    return seenEventOf(JSON.parse(text) as object);
  } catch (error) {
    if (error instanceof ApiStatusError && error.status === 404) return undefined;
    throw error;
  }
}
