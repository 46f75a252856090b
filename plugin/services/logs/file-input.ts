import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {LogFilter} from '../../../src/logs/filter.ts';
import type {ByteString} from '../../../src/logs/bytes.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {NO_ORIGIN} from '../../../src/logs/record.ts';
import {LogStats} from '../../../src/logs/stats.ts';
import type {Found} from '../../../src/parse/logmonitor/found.ts';
import {Scanner} from '../../../src/parse/logmonitor/scanner.ts';
import {UserError} from '../../errors.ts';
import {fileFault} from '../../file-fault.ts';
import type {LogFormat} from './render.ts';
import type {Sink} from './sink.ts';

const CHUNK = 256 * 1024;

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

/** Reads a log file, or standard input for `-`, and writes its records. */
export async function readFileInput(run: FileRun): Promise<void> {
  const {sink, format} = run;
  if (format) sink.put(format.head);
  const receiver = receiverOf(run);
  const scanner = new Scanner({format: run.inputFormat});
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(run)) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const text = buffer.toString('latin1');
    receiver.use(buffer, text);
    const read = scanner.scan(text, false, receiver.take);
    receiver.endOfChunk();
    rest = buffer.subarray(read);
    if (sink.isFull) break;
    await sink.drained();
  }
  const text = rest.toString('latin1');
  receiver.use(rest, text);
  scanner.scan(text, true, receiver.take);
  receiver.endOfChunk();
  receiver.end();
  if (format) sink.put(format.foot);
  sink.flush();
}

interface Receiver {
  /** Says which buffer the next records are read from, and its bytes as a string. */
  use(buffer: Buffer, text: ByteString): void;
  readonly take: (found: Found) => void;
  endOfChunk(): void;
  end(): void;
}

function receiverOf(run: FileRun): Receiver {
  return run.format ? new Formatted(run, run.format) : new AsTheyCame(run);
}

/** Writes records in a format; with `--tail` it keeps the last ones until the end. */
class Formatted implements Receiver {
  readonly take: (found: Found) => void;
  readonly #sink: Sink;
  readonly #tail: Tail | undefined;
  readonly #between: string;
  #first = true;

  constructor({sink, filter, stats, tail}: FileRun, format: LogFormat) {
    this.#sink = sink;
    this.#between = format.between;
    this.#tail = tail === undefined ? undefined : new Tail(tail);
    const write = format.writer(NO_ORIGIN);
    const sieve = sieveOf(filter);
    this.take = found => {
      if (sieve && !sieve(found)) return;
      stats?.add(found);
      this.#give(write(found));
    };
  }

  use(): void {
    // Formats take their bytes from the record.
  }

  endOfChunk(): void {
    // Nothing is held back for the buffer's sake.
  }

  end(): void {
    for (const bytes of this.#tail?.all() ?? []) this.#put(bytes);
  }

  #give(bytes: string): void {
    if (this.#tail) this.#tail.add(bytes);
    else this.#put(bytes);
  }

  #put(bytes: string): void {
    this.#sink.put(this.#first ? bytes : this.#between + bytes);
    this.#first = false;
  }
}

/** Writes the bytes of records as they came: neighbours in one piece, straight from the buffer that was read. */
class AsTheyCame implements Receiver {
  readonly take: (found: Found) => void;
  readonly #sink: Sink;
  readonly #tail: Tail | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  #text = '';
  #from = 0;
  #to = 0;

  constructor({sink, filter, stats, tail}: FileRun) {
    this.#sink = sink;
    this.#tail = tail === undefined ? undefined : new Tail(tail);
    const sieve = sieveOf(filter);
    this.take = found => {
      if (sieve && !sieve(found)) return;
      stats?.add(found);
      this.#give(found);
    };
  }

  use(buffer: Buffer, text: ByteString): void {
    this.#buffer = buffer;
    this.#text = text;
  }

  endOfChunk(): void {
    if (this.#to > this.#from) this.#sink.putBuffer(this.#buffer.subarray(this.#from, this.#to));
    this.#from = 0;
    this.#to = 0;
  }

  end(): void {
    for (const bytes of this.#tail?.all() ?? []) this.#sink.put(bytes);
  }

  #give({raw, rawStart, rawEnd}: Found): void {
    if (this.#tail) {
      this.#tail.add(raw.slice(rawStart, rawEnd));
      return;
    }
    // Records that were joined have bytes of their own; the others are a stretch of the buffer.
    if (raw !== this.#text) {
      this.endOfChunk();
      this.#sink.put(raw.slice(rawStart, rawEnd));
      return;
    }
    if (rawStart !== this.#to) this.endOfChunk();
    if (this.#to === this.#from) this.#from = rawStart;
    this.#to = rawEnd;
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

async function* chunksOf({path, signal}: FileRun): AsyncGenerator<Buffer> {
  if (path === '-') {
    signal.addEventListener('abort', () => process.stdin.destroy());
    // Standard input gives buffers as long as no encoding is set.
    for await (const chunk of process.stdin) yield chunk as Buffer;
    signal.throwIfAborted();
    return;
  }
  try {
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error('directory'), {code: 'EISDIR'});
    const stream = createReadStream(path, {highWaterMark: CHUNK, signal});
    // A stream without an encoding gives buffers.
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    signal.throwIfAborted();
    throw new UserError(`${path} cannot be read: ${fileFault(error)}`, {
      code: 'logs-input',
      fix: ['name a log file, or `-` for standard input'],
      cause: error,
    });
  }
}
