import {writeSync} from 'node:fs';
import {eachOf} from '../each-of.ts';
import type {ManifestGap} from '../../src/capture/manifest.ts';
import {podLogPath} from '../../src/logs/paths.ts';
import type {WantedLog} from '../../src/logs/wanted.ts';
import type {Counts} from '../../src/redact/edit.ts';
import {logRedactor} from '../../src/redact/files/stream.ts';
import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import type {ApiStreams} from '../kube/api-streams.ts';
import {logPath} from '../logs/log-request.ts';
import {Batch} from './batch.ts';
import type {Spool} from './spool.ts';
import {TailFile, readPart} from './tail-file.ts';
import {Utf8Pieces} from './utf8.ts';

/** How much of each log is wanted. */
export interface LogLimits {
  /** Lines from the end, as the kubelet counts them. */
  tail: number;
  /** RFC 3339. */
  sinceTime?: string | undefined;
  /** Bytes of one log, from its end. */
  maxBytes: number;
}

export interface PodLogsOptions {
  streams: ApiStreams;
  spool: Spool;
  limits: LogLimits;
  signal: AbortSignal;
  /** Called when each log is done. */
  progress?: (done: number, bytes: number) => void;
}

/** Logs read at a time. */
const IN_FLIGHT = 8;
/** A kubelet sends each line by itself; so much is redacted at a time. What is cut from more of it leaves the young heap, and the caches. */
const REDACTED_BYTES = 32 * 1024;
/** So much is written at a time. */
const WRITTEN_BYTES = 256 * 1024;
/** A kubelet that gives nothing for so long is not waited for. */
const SILENCE_MS = 15_000;

/** Reads logs of containers into a spool, redacted as they come; answers what could not be read, or not wholly. */
export async function writePodLogs(
  wanted: readonly WantedLog[],
  options: PodLogsOptions,
): Promise<ManifestGap[]> {
  const gaps: ManifestGap[] = [];
  const denied = new Map<string, ManifestGap>();
  // Taken again by one log after the other: thousands of them leave nothing behind.
  const rooms: Rooms[] = [];
  let done = 0;
  let bytes = 0;
  await eachOf(wanted, IN_FLIGHT, async log => {
    if (options.signal.aborted) return;
    const refused = denied.get(log.namespace);
    if (refused) {
      gaps.push({...refused, what: podLogPath(log)});
      options.progress?.(++done, bytes);
      return;
    }
    const room = rooms.pop() ?? roomsOf();
    const end = await writeOne(log, options, room);
    rooms.push(room);
    bytes += end.bytes;
    options.progress?.(++done, bytes);
    if (end.gap) gaps.push(end.gap);
    // What was asked for is there; the rest of it is left out on purpose.
    if (!end.gap || end.gap.reason === 'not-requested') noteWhole(log, end.gap, options.spool);
    if (end.gap?.reason === 'denied') denied.set(log.namespace, end.gap);
  });
  if (options.signal.aborted && done < wanted.length)
    gaps.push({what: 'pod.logs', reason: 'failed', detail: `stopped after ${done} of ${wanted.length} logs`});
  return gaps.sort((a, b) => (a.what < b.what ? -1 : 1));
}

function noteWhole(log: WantedLog, gap: ManifestGap | undefined, spool: Spool): void {
  const path = podLogPath(log);
  spool.whole({kind: 'log', name: path, at: Date.now(), ...(gap && {gap})}, [path]);
}

/** Where the bytes of a log are gathered. */
interface Rooms {
  read: Buffer;
  written: Buffer;
}

function roomsOf(): Rooms {
  return {
    read: Buffer.allocUnsafeSlow(REDACTED_BYTES),
    written: Buffer.allocUnsafeSlow(WRITTEN_BYTES),
  };
}

async function writeOne(
  log: WantedLog,
  {streams, spool, limits, signal}: PodLogsOptions,
  rooms: Rooms,
): Promise<{bytes: number; gap?: ManifestGap}> {
  const path = podLogPath(log);
  const {previous, ...target} = log;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const started = performance.now();
  const counts: Counts = new Map();
  const redactor = logRedactor(counts);
  const decoder = new Utf8Pieces();
  let bytes = 0;
  // What was refused has no file: an empty one would say that nothing was written.
  let opened = false;
  let tail: TailFile | undefined;
  const written = new Batch(rooms.written, piece => {
    const fits = spool.bytesOf(path) + piece.length <= limits.maxBytes;
    if (!tail && fits) spool.append(path, piece, {});
    else (tail ??= tailOf(spool, path, limits.maxBytes)).write(piece);
  });
  const put = (text: string): void => {
    if (text !== '') written.addText(spool.passed(path, text, counts));
  };
  const read = new Batch(rooms.read, piece => put(redactor.push(decoder.text(piece))));
  const gap = (reason: string, detail: string): {bytes: number; gap: ManifestGap} => ({
    bytes,
    gap: {what: path, reason, detail, partial: bytes > 0},
  });
  const keep = (): void => {
    if (!opened) return;
    opened = false;
    read.flush();
    put(redactor.push(decoder.end()));
    put(redactor.end());
    written.flush();
    for (const part of tail?.end() ?? []) for (const piece of readPart(part)) spool.append(path, piece, {});
    const source = `GET pods/${log.pod}/log`;
    spool.append(path, '', {source, tookMs: performance.now() - started, counts});
  };
  try {
    const wish = {follow: false, previous, tailLines: limits.tail, sinceTime: limits.sinceTime};
    const stopped = AbortSignal.any([signal, silence.signal]);
    const stream = await streams.open(logPath(target, wish), stopped);
    opened = true;
    for await (const chunk of stream) {
      timer.refresh();
      bytes += chunk.length;
      read.add(chunk);
    }
    keep();
    return tail ? gap('not-requested', `cut to its last ${limits.maxBytes} bytes`) : {bytes};
  } catch (error) {
    keep();
    if (signal.aborted) return gap('failed', 'stopped while it was read');
    if (silence.signal.aborted) return gap('timeout', `nothing came for ${SILENCE_MS / 1000} s`);
    if (error instanceof ApiStatusError)
      return error.status === 403
        ? gap('denied', `needs verb get on resource pods/log (apiGroup ""), in namespace ${log.namespace}`)
        : gap('failed', error.message);
    if (error instanceof ConnectionError) return gap('failed', error.message);
    throw error;
  } finally {
    clearTimeout(timer);
    tail?.remove();
  }
}

/** Begins to let go of the beginning of a log. */
function tailOf(spool: Spool, path: string, maxBytes: number): TailFile {
  // One line may be longer than all that is wanted.
  spool.append(path, '', {});
  return new TailFile(spool.takeOut(path), maxBytes, (fd, bytes) =>
    spool.disk.guarded(() => writeSync(fd, bytes)),
  );
}
