import {setFlagsFromString} from 'node:v8';
import type {LogFilter, Sieve} from '../../../src/logs/filter.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {NO_ORIGIN} from '../../../src/logs/record.ts';
import type {LogStats} from '../../../src/logs/stats.ts';
import type {Found} from '../../../src/parse/logmonitor/found.ts';
import {Scanner} from '../../../src/parse/logmonitor/scanner.ts';
import {chunksOf} from './chunks.ts';
import type {LogFormat, RecordWriter} from './render.ts';
import type {Sink} from './sink.ts';
import {Windows} from './windows.ts';

export interface FileRun {
  path: string;
  inputFormat: 'auto' | 'cri' | 'plain';
  filter: LogFilter;
  /** Undefined: the bytes of the records as they came. */
  format: LogFormat | undefined;
  /** Only so many records, the last ones. */
  tail: number | undefined;
  stats: LogStats | undefined;
  sink: Sink;
  signal: AbortSignal;
}

/**
 * One MiB for objects that die young. Records do, all of them: more room only makes the process larger, and was measured not
 * to make it faster.
 */
const YOUNG_SPACE = '--max-semi-space-size=1';

/** Reads a log file, or standard input for `-`, and writes its records. */
export async function readFileInput(run: FileRun): Promise<void> {
  const {sink, format} = run;
  setFlagsFromString(YOUNG_SPACE);
  if (format) sink.put(format.head);
  const receiver = format ? new Formatted(run, format) : new AsTheyCame(run);
  const windows = new Windows(scannerFor(run), found => receiver.take(found, windows));
  const done = (): void => receiver.endOfWindow(windows);
  for await (const chunk of chunksOf(run.path, run.signal)) {
    windows.push(chunk, done);
    if (sink.isFull) break;
    await sink.drained();
  }
  if (!sink.isFull) windows.end(done);
  receiver.end();
  if (format) sink.put(format.foot);
  sink.flush();
}

/** Records that are passed on as they came are read only as far as the filter needs. */
function scannerFor({inputFormat, filter, format, stats}: FileRun): Scanner {
  const {include, exclude, level, since, until} = filter;
  const fieldsOnly =
    format === undefined && stats === undefined && include === undefined && exclude === undefined;
  const recognizes = !fieldsOnly || level !== undefined || since !== undefined || until !== undefined;
  return new Scanner({format: inputFormat, fieldsOnly, recognizes});
}

interface Receiver {
  take(found: Found, windows: Windows): void;
  endOfWindow(windows: Windows): void;
  end(): void;
}

/** Writes records in a format; with `--tail` it keeps the last ones until the end. */
class Formatted implements Receiver {
  readonly #sink: Sink;
  readonly #tail: Tail | undefined;
  readonly #between: string;
  readonly #write: RecordWriter;
  readonly #sieve: Sieve | undefined;
  readonly #stats: LogStats | undefined;
  #first = true;

  constructor({sink, filter, stats, tail}: FileRun, format: LogFormat) {
    this.#sink = sink;
    this.#between = format.between;
    this.#tail = tail === undefined ? undefined : new Tail(tail);
    this.#write = format.writer(NO_ORIGIN);
    this.#sieve = sieveOf(filter);
    this.#stats = stats;
  }

  take(found: Found): void {
    if (this.#sieve && !this.#sieve(found)) return;
    this.#stats?.add(found);
    const bytes = this.#write(found);
    if (this.#tail) this.#tail.add(bytes);
    else this.#put(bytes);
  }

  endOfWindow(): void {
    // Formats take their bytes from the record: nothing of the window is held.
  }

  end(): void {
    for (const bytes of this.#tail?.all() ?? []) this.#put(bytes);
  }

  #put(bytes: string): void {
    this.#sink.put(this.#first ? bytes : this.#between + bytes);
    this.#first = false;
  }
}

/** Writes the bytes of records as they came: neighbours in one piece, straight from what was read. */
class AsTheyCame implements Receiver {
  readonly #sink: Sink;
  readonly #tail: Tail | undefined;
  readonly #sieve: Sieve | undefined;
  readonly #stats: LogStats | undefined;
  #from = 0;
  #to = 0;

  constructor({sink, filter, stats, tail}: FileRun) {
    this.#sink = sink;
    this.#tail = tail === undefined ? undefined : new Tail(tail);
    this.#sieve = sieveOf(filter);
    this.#stats = stats;
  }

  take(found: Found, windows: Windows): void {
    if (this.#sieve && !this.#sieve(found)) return;
    this.#stats?.add(found);
    const {raw, rawStart, rawEnd} = found;
    if (this.#tail) {
      this.#tail.add(raw.slice(rawStart, rawEnd));
      return;
    }
    // Records that were joined have bytes of their own; the others are a stretch of the window.
    if (raw !== windows.text) {
      this.endOfWindow(windows);
      this.#sink.put(raw.slice(rawStart, rawEnd));
      return;
    }
    if (rawStart !== this.#to) {
      this.endOfWindow(windows);
      this.#from = rawStart;
    }
    this.#to = rawEnd;
  }

  endOfWindow({bytes, stays}: Windows): void {
    const stretch = bytes.subarray(this.#from, this.#to);
    if (stretch.length > 0) this.#sink.putBytes(stays ? stretch : Buffer.from(stretch));
    this.#from = 0;
    this.#to = 0;
  }

  end(): void {
    for (const bytes of this.#tail?.all() ?? []) this.#sink.put(bytes);
  }
}

/** The last so many. */
class Tail {
  readonly #size: number;
  readonly #kept: string[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(bytes: string): void {
    if (this.#size === 0) return;
    // A copy of its own: a slice would keep the whole chunk that it was cut from.
    this.#kept[this.#next % this.#size] = Buffer.from(bytes, 'latin1').toString('latin1');
    this.#next++;
  }

  all(): string[] {
    const at = this.#next % this.#size;
    return this.#next <= this.#size ? this.#kept : [...this.#kept.slice(at), ...this.#kept.slice(0, at)];
  }
}
