import type {ByteString} from '../../../src/logs/bytes.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {parseLabelSelector} from '../../../src/kube/label-selector.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {systemClock} from '../../kube/clock.ts';
import {parseTarget} from '../../logs/kinds.ts';
import type {LiveWish} from '../../logs/live-logs.ts';
import {liveLogs} from '../../logs/live-logs.ts';
import {podQuery} from '../../logs/targets.ts';
import {recordsOf} from './live-records.ts';
import {tailOf, usage} from './query.ts';
import type {LogFormat, RecordWriter} from './render.ts';
import type {LogRun} from './run.ts';
import type {LogSources} from './sources.ts';
import {openSources} from './sources.ts';

/** One run over the logs of a cluster. */
export interface LiveRun extends LogRun {
  target: string | undefined;
}

/** Reads logs of a cluster's containers and writes their records in the order of time. */
export async function readLive(run: LiveRun): Promise<void> {
  const {flags, format, sink, signal, note} = run;
  assertSensible(run);
  const sources = await openSources(flags, {signal, note});
  const {reader, streams} = sources;
  // Once enough was written, what is still read is not wanted any more.
  const enough = new AbortController();
  const ports = {reader, streams, clock: systemClock, signal: AbortSignal.any([signal, enough.signal]), note};
  const {since: _, ...narrowing} = run.filter;
  const filtered = sieveOf(narrowing) !== undefined;
  const tail = tailOf(flags);
  // Lines are counted by the server; records that a filter leaves over are counted here.
  const countsRecords = tail !== undefined && filtered && !flags.follow;
  const options = {
    filter: run.filter,
    layouts: run.layouts,
    writer: (owner: Parameters<LogFormat['writer']>[0]) => format?.writer(owner) ?? asItCame,
    stats: run.stats,
    tail: countsRecords ? tail : undefined,
    clock: systemClock,
    signal: ports.signal,
  };
  try {
    const wish = await wishOf(run, countsRecords ? undefined : tail, sources);
    let first = true;
    if (format) sink.put(format.head);
    for await (const records of liveLogs(wish, ports, (owner, lines) => recordsOf(owner, lines, options))) {
      for (const bytes of records) {
        sink.put(first || !format ? bytes : format.between + bytes);
        first = false;
      }
      if (flags.follow) sink.flushSoon();
      if (sink.isFull) break;
      await sink.drained();
    }
    if (format) sink.put(format.foot);
  } finally {
    sink.flush();
    enough.abort(new DOMException('enough', 'AbortError'));
    await sources.close();
  }
}

async function wishOf(
  {target: typed, flags, filter, signal}: LiveRun,
  tail: number | undefined,
  sources: LogSources,
): Promise<LiveWish> {
  const target = typed === undefined ? undefined : parseTarget(typed);
  const where = flags['all-namespaces'] ? undefined : sources.namespaceFor(target);
  const pods = await podQuery(sources.reader, {target, namespace: where, selector: flags.selector}, signal);
  return {
    pods,
    target,
    follow: flags.follow,
    previous: flags.previous,
    container: flags.container,
    allContainers: flags['all-containers'],
    maxRequests: flags['max-log-requests'],
    tail,
    ...(filter.since !== undefined && {sinceTime: rfc3339(filter.since)}),
  };
}

function assertSensible({target, flags}: LiveRun): void {
  if (target === undefined && flags.selector === undefined && !flags['all-namespaces']) {
    throw usage('say whose logs: POD, TYPE/NAME, -l SELECTOR, -A, or --file-input PATH');
  }
  if (target !== undefined && (flags.selector !== undefined || flags['all-namespaces'])) {
    throw usage('-l and -A choose pods, so no POD goes beside them');
  }
  const selector = parseLabelSelector(flags.selector ?? '');
  if (typeof selector === 'string') throw usage(selector);
  if (flags.follow && flags.from !== undefined)
    throw usage('nothing comes to a capture any more: --from and -f exclude each other');
  if (flags.follow && flags.previous) throw usage('--previous is over, so there is nothing to follow');
  if (flags.follow && flags.output === 'json')
    throw usage('-o json is one array, which has no end with -f: use -o ndjson');
}

/** The bytes of a record without the times that the kubelet put before its lines. */
const asItCame: RecordWriter = ({raw, rawStart, rawEnd}): ByteString =>
  raw.slice(rawStart, rawEnd).replaceAll(STAMPS, '');

const STAMPS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) /gm;
