import type {ByteString} from '../../../src/logs/bytes.ts';
import type {LogFilter, Sieve} from '../../../src/logs/filter.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {NO_ORIGIN} from '../../../src/logs/record.ts';
import type {LogStats} from '../../../src/logs/stats.ts';
import type {Found} from '../../../src/parse/logmonitor/found.ts';
import type {Layout} from '../../../src/parse/logmonitor/layout.ts';
import type {ScannerOptions} from '../../../src/parse/logmonitor/scanner.ts';
import {Last} from './last.ts';
import {ByteBatch} from './byte-batch.ts';
import type {Output} from './output.ts';
import type {LogFormat, RecordPieces, RecordWriter} from './render.ts';
import type {Windows} from './windows.ts';

/** How the records of a file are chosen and written. */
export interface FileWish {
  inputFormat: 'auto' | 'cri' | 'plain';
  /** Layouts of the Custom format that are known. */
  layouts: readonly Layout[];
  filter: LogFilter;
  /** Undefined: the bytes of the records as they came. */
  format: LogFormat | undefined;
  /** Only so many records, the last ones. */
  tail: number | undefined;
  stats: LogStats | undefined;
}

/** Takes the records of a file, window by window. */
export interface Receiver {
  take(found: Found, windows: Windows): void;
  endOfWindow(windows: Windows): void;
  /** Hands on what it holds: nothing more is at hand. */
  flush(): void;
  end(): void;
}

/** The receiver that a wish asks for. `goesOn`: whether records were written before. */
export function receiverFor(wish: FileWish, output: Output, goesOn = false): Receiver {
  return wish.format ? new Formatted(wish, wish.format, {output, goesOn}) : new AsTheyCame(wish, output);
}

/** Records that are passed on as they came are read only as far as the filter needs. */
export function scannerOptions({inputFormat, layouts, filter, format, stats}: FileWish): ScannerOptions {
  const {include, exclude, level, since, until} = filter;
  const fieldsOnly =
    format === undefined && stats === undefined && include === undefined && exclude === undefined;
  const asksForTimes = !fieldsOnly || since !== undefined || until !== undefined;
  const recognizes = asksForTimes || (level !== undefined && 'level');
  return {format: inputFormat, layouts, fieldsOnly, recognizes};
}

/** Writes records in a format; with `--tail` it keeps the last ones until the end. */
class Formatted implements Receiver {
  readonly #output: Output;
  readonly #tail: Last<string> | undefined;
  readonly #between: string;
  readonly #write: RecordWriter;
  readonly #pieces: RecordPieces;
  readonly #batch: ByteBatch;
  readonly #sieve: Sieve | undefined;
  readonly #stats: LogStats | undefined;
  #first: boolean;

  constructor(
    {filter, stats, tail}: FileWish,
    format: LogFormat,
    {output, goesOn}: {output: Output; goesOn: boolean},
  ) {
    this.#output = output;
    this.#first = !goesOn;
    this.#between = format.between;
    this.#tail = tail === undefined ? undefined : new Last(tail);
    const write = format.writer(NO_ORIGIN);
    this.#write = write;
    this.#pieces = format.pieces?.(NO_ORIGIN) ?? ((found, out) => out.put(write(found)));
    this.#batch = new ByteBatch(output);
    this.#sieve = sieveOf(filter);
    this.#stats = stats;
  }

  take(found: Found, windows: Windows): void {
    if (this.#sieve && !this.#sieve(found)) return;
    this.#stats?.add(found);
    if (this.#tail) {
      this.#tail.add(ownCopy(this.#write(found)));
      return;
    }
    const batch = this.#batch;
    batch.begin(windows);
    if (this.#first) this.#first = false;
    else batch.put(this.#between);
    this.#pieces(found, batch);
    batch.end();
  }

  endOfWindow(): void {
    // Formats take their bytes from the record: nothing of the window is held.
  }

  flush(): void {
    this.#batch.flush();
  }

  end(): void {
    this.#batch.flush();
    for (const bytes of this.#tail?.all() ?? []) this.#put(bytes);
  }

  #put(bytes: string): void {
    this.#output.put(this.#first ? bytes : this.#between + bytes);
    this.#first = false;
  }
}

/** Writes the bytes of records as they came: neighbours in one piece, straight from what was read. */
class AsTheyCame implements Receiver {
  readonly #output: Output;
  readonly #tail: Last<string> | undefined;
  readonly #sieve: Sieve | undefined;
  readonly #stats: LogStats | undefined;
  #from = 0;
  #to = 0;

  constructor({filter, stats, tail}: FileWish, output: Output) {
    this.#output = output;
    this.#tail = tail === undefined ? undefined : new Last(tail);
    this.#sieve = sieveOf(filter);
    this.#stats = stats;
  }

  take(found: Found, windows: Windows): void {
    if (this.#sieve && !this.#sieve(found)) return;
    this.#stats?.add(found);
    const {raw, rawStart, rawEnd} = found;
    if (this.#tail) {
      this.#tail.add(ownCopy(raw.slice(rawStart, rawEnd)));
      return;
    }
    // Records that were joined have bytes of their own; the others are a stretch of the window.
    if (raw !== windows.text) {
      this.endOfWindow(windows);
      this.#output.put(raw.slice(rawStart, rawEnd));
      return;
    }
    // At a limit whole records are let through, as many as there is room for.
    if (rawStart !== this.#to || this.#output.isLimited) {
      this.endOfWindow(windows);
      this.#from = rawStart;
    }
    this.#to = rawEnd;
  }

  endOfWindow({bytes, stays}: Windows): void {
    const stretch = bytes.subarray(this.#from, this.#to);
    if (stretch.length > 0) this.#output.putBytes(stays ? stretch : Buffer.from(stretch));
    this.#from = 0;
    this.#to = 0;
  }

  flush(): void {
    // A window's stretches are handed on at its end.
  }

  end(): void {
    for (const bytes of this.#tail?.all() ?? []) this.#output.put(bytes);
  }
}

/** A copy of its own: a slice would keep the whole window that it was cut from. */
function ownCopy(bytes: ByteString): ByteString {
  return Buffer.from(bytes, 'latin1').toString('latin1');
}
