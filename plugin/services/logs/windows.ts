import {isCleanText} from '../../../src/logs/bytes.ts';
import type {FoundSink} from '../../../src/parse/logmonitor/found.ts';
import type {Scanner} from '../../../src/parse/logmonitor/scanner.ts';

/** So much is scanned at a time: text and records of it stay in the processor's cache. */
const WINDOW = 64 * 1024;
const LF = 0x0a;

/** Feeds a scanner from chunks of any size, in windows that end with a line; keeps what is not whole. */
export class Windows {
  readonly #scanner: Scanner;
  readonly #sink: FoundSink;
  #rest: Buffer = Buffer.alloc(0);
  /** The window that records are being read from: their `raw` where they are a stretch of it. */
  text = '';
  bytes: Buffer = this.#rest;

  constructor(scanner: Scanner, sink: FoundSink) {
    this.#scanner = scanner;
    this.#sink = sink;
  }

  /** Scans all that is whole. The chunk may be used for something else afterwards. `done` is called after each window. */
  push(chunk: Buffer, done: () => void): void {
    let at = 0;
    if (this.#rest.length > 0) {
      // What was left is most of a line: its end, and no more, is joined to it.
      const lf = chunk.indexOf(LF);
      at = lf < 0 ? chunk.length : lf + 1;
      const joined = Buffer.concat([this.#rest, chunk.subarray(0, at)]);
      const read = this.#scan(joined, false, done);
      this.#rest = joined.subarray(read);
    }
    while (at < chunk.length) {
      const end = endOfWindow(chunk, at);
      const read = this.#scan(chunk.subarray(at, end), false, done);
      at += read;
      if (read === 0 || end === chunk.length) break;
    }
    if (at < chunk.length) this.#rest = Buffer.concat([this.#rest, chunk.subarray(at)]);
  }

  /** Scans what is left. */
  end(done: () => void): void {
    this.#scan(this.#rest, true, done);
    this.#rest = Buffer.alloc(0);
  }

  #scan(bytes: Buffer, final: boolean, done: () => void): number {
    this.bytes = bytes;
    this.text = bytes.toString('latin1');
    const read = this.#scanner.scan(this.text, final, this.#sink, isCleanText(bytes));
    done();
    return read;
  }
}

/** Where a window that begins at `at` ends: after the last line that fits, or after the first one where none does. */
function endOfWindow(chunk: Buffer, at: number): number {
  if (chunk.length - at <= WINDOW) return chunk.length;
  const last = chunk.lastIndexOf(LF, at + WINDOW - 1);
  if (last >= at) return last + 1;
  const next = chunk.indexOf(LF, at + WINDOW);
  return next < 0 ? chunk.length : next + 1;
}
