import type {ByteString} from '../../../src/logs/bytes.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {parseLabelSelector} from '../../../src/kube/label-selector.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {systemClock} from '../../kube/clock.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {parseTarget} from '../../logs/kinds.ts';
import type {LiveWish} from '../../logs/live-logs.ts';
import {liveLogs} from '../../logs/live-logs.ts';
import {podQuery} from '../../logs/targets.ts';
import {accessOptions, requestLog} from '../access.ts';
import {recordsOf} from './live-records.ts';
import {tailOf, usage} from './query.ts';
import type {LogFormat, RecordWriter} from './render.ts';
import type {LogRun} from './run.ts';

/** One run over the logs of a cluster. */
export interface LiveRun extends LogRun {
  target: string | undefined;
}

/** Reads logs of a cluster's containers and writes their records in the order of time. */
export async function readLive(run: LiveRun): Promise<void> {
  const {flags, format, sink, signal, note} = run;
  assertSensible(run);
  const access = loadKubeconfig(accessOptions(flags));
  const log = requestLog(flags.verbose);
  const reader = new HttpApiReader(access, log ? {log} : {});
  const streams = new HttpApiStreams(access);
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
    const wish = await wishOf(run, countsRecords ? undefined : tail, {reader, namespace: access.namespace});
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
    await Promise.all([reader.close(), streams.close()]);
  }
}

async function wishOf(
  {target: typed, flags, filter, signal}: LiveRun,
  tail: number | undefined,
  {reader, namespace}: {reader: HttpApiReader; namespace: string},
): Promise<LiveWish> {
  const target = typed === undefined ? undefined : parseTarget(typed);
  const where = flags['all-namespaces'] ? undefined : namespace;
  const pods = await podQuery(reader, {target, namespace: where, selector: flags.selector}, signal);
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
  if (flags.follow && flags.previous) throw usage('--previous is over, so there is nothing to follow');
  if (flags.follow && flags.output === 'json')
    throw usage('-o json is one array, which has no end with -f: use -o ndjson');
}

/** The bytes of a record without the times that the kubelet put before its lines. */
const asItCame: RecordWriter = ({raw, rawStart, rawEnd}): ByteString =>
  raw.slice(rawStart, rawEnd).replaceAll(STAMPS, '');

const STAMPS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) /gm;
