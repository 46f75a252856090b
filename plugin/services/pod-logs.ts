import {eachOf} from '../each-of.ts';
import {windowsPods} from '../../src/kube/pods.ts';
import type {LogSummary, PodLog} from '../../src/logs/summary.ts';
import type {WantedLog} from '../../src/logs/wanted.ts';
import {MAX_LOGS, logsToRead} from '../../src/logs/wanted.ts';
import {LogSummarizer} from '../../src/parse/logmonitor/summarize.ts';
import type {Evidence, Missing} from '../../src/snapshot/evidence.ts';
import {collected, missing} from '../../src/snapshot/evidence.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import type {Access} from '../kube/access.ts';
import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import type {ApiStreams} from '../kube/api-streams.ts';
import {HttpApiStreams} from '../kube/api-streams.ts';
import {logPath} from '../logs/log-request.ts';

export interface PodLogOptions {
  access: Access;
  /** Evidence that is wanted; without `pod.logs` nothing is read. */
  keys: ReadonlySet<EvidenceKey>;
  signal: AbortSignal;
  progress?: (text: string) => void;
  /** What of the Snapshot is read of; all of it where absent. */
  narrow?: (api: Snapshot) => Snapshot;
  /** Streams instead of HTTP, in tests. */
  streams?: ApiStreams;
}

/** Logs read at a time. */
const IN_FLIGHT = 8;
/** The beginning, where LogMonitor speaks of its configuration, and the end, where it speaks of its own. */
const HEAD_BYTES = 256 * 1024;
const TAIL_LINES = 500;
const TAIL_BYTES = 256 * 1024;
/** A kubelet that gives no log for so long is not waited for. */
const TIMEOUT_MS = 15_000;

/** Adds what the logs of Windows containers come to, as far as checks want to know and this user may read them. */
export async function withPodLogs(snapshot: Snapshot, options: PodLogOptions): Promise<Snapshot> {
  if (!options.keys.has('pod.logs')) return snapshot;
  const evidence = await podLogs(options.narrow?.(snapshot) ?? snapshot, options);
  return {...snapshot, evidence: {...snapshot.evidence, 'pod.logs': evidence}};
}

async function podLogs(snapshot: Snapshot, options: PodLogOptions): Promise<Evidence<PodLog[]>> {
  const workloads = evidenceOf(snapshot, 'workloads');
  if (!workloads.ok) return workloads;
  const context = {
    nodes: evidenceOf(snapshot, 'nodes'),
    runtimeClasses: evidenceOf(snapshot, 'runtimeClasses'),
  };
  const {wanted, left} = logsToRead(windowsPods(workloads.value, context));
  const own = options.streams ? undefined : new HttpApiStreams(options.access);
  const streams = options.streams ?? own;
  if (!streams) throw new TypeError('no streams');
  try {
    const logs = await new LogRound(streams, options).read(wanted);
    const gap = left > 0 ? [tooMany(left)] : [];
    return collected(logs, ...gap);
  } finally {
    await own?.close();
  }
}

function tooMany(left: number): Missing {
  return missing(
    'not-requested',
    `${MAX_LOGS} logs of Windows containers were read, and ${left} were not: choose pods by -n or -l`,
  );
}

/** Reads logs, a few at a time. What a namespace denies once is not asked for again. */
class LogRound {
  readonly #streams: ApiStreams;
  readonly #options: PodLogOptions;
  readonly #denied = new Map<string, Missing>();
  #done = 0;

  constructor(streams: ApiStreams, options: PodLogOptions) {
    this.#streams = streams;
    this.#options = options;
  }

  async read(wanted: readonly WantedLog[]): Promise<PodLog[]> {
    const logs: PodLog[] = [];
    await eachOf([...wanted.entries()], IN_FLIGHT, async ([index, log]) => {
      logs[index] = {...log, log: await this.#readOne(log)};
      this.#options.progress?.(`reading logs of containers: ${++this.#done} of ${wanted.length}`);
    });
    return logs;
  }

  async #readOne(log: WantedLog): Promise<Evidence<LogSummary>> {
    const denied = this.#denied.get(log.namespace);
    if (denied) return denied;
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return collected(await this.#summarize(log, AbortSignal.any([this.#options.signal, deadline])));
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (deadline.aborted) {
        return missing('timeout', `the log of ${nameOf(log)} did not come within ${TIMEOUT_MS / 1000} s`);
      }
      const gap = gapOf(error, log);
      if (gap.reason === 'denied') this.#denied.set(log.namespace, gap);
      return gap;
    }
  }

  async #summarize(log: WantedLog, signal: AbortSignal): Promise<LogSummary> {
    const summarizer = new LogSummarizer();
    const head = await this.#feed(summarizer, log, {limitBytes: HEAD_BYTES}, signal);
    if (head < HEAD_BYTES) return summarizer.end(false);
    summarizer.gap();
    await this.#feed(summarizer, log, {tailLines: TAIL_LINES, limitBytes: TAIL_BYTES}, signal);
    return summarizer.end(true);
  }

  async #feed(
    summarizer: LogSummarizer,
    {previous, ...target}: WantedLog,
    part: {limitBytes: number; tailLines?: number},
    signal: AbortSignal,
  ): Promise<number> {
    const path = logPath(target, {follow: false, previous, ...part});
    let bytes = 0;
    for await (const chunk of await this.#streams.open(path, signal)) {
      summarizer.push(chunk);
      bytes += chunk.length;
    }
    return bytes;
  }
}

function gapOf(error: unknown, log: WantedLog): Missing {
  if (error instanceof ApiStatusError) {
    return error.status === 403
      ? missing('denied', `needs verb get on resource pods/log (apiGroup ""), in namespace ${log.namespace}`)
      : missing('failed', `the log of ${nameOf(log)} cannot be read: ${error.message}`);
  }
  if (error instanceof ConnectionError) {
    const reason = error.fault === 'timeout' ? 'timeout' : 'failed';
    return missing(reason, `the log of ${nameOf(log)} cannot be read: ${error.message}`);
  }
  throw error;
}

function nameOf({namespace, pod, container, previous}: WantedLog): string {
  return `container ${container} of ${namespace}/${pod}${previous ? ' before its last restart' : ''}`;
}
