import {isCleanText} from '../../../src/logs/bytes.ts';
import {MAX_LINE_BYTES} from '../../../src/logs/record.ts';
import type {FoundSink} from '../../../src/parse/logmonitor/found.ts';
import type {Scanner} from '../../../src/parse/logmonitor/scanner.ts';

/** So much is scanned at a time: text and records of it stay in the processor's cache. */
const WINDOW = 64 * 1024;
const LF = 0x0a;
const EMPTY = Buffer.alloc(0);

/** Feeds a scanner from chunks of any size, in windows that end with a line; keeps what is not whole. */
export class Windows {
  readonly #scanner: Scanner;
  readonly #sink: FoundSink;
  /** What is left of the last chunk, at the start of a buffer that is used again: a long line would leave many behind. */
  #held = Buffer.allocUnsafeSlow(WINDOW);
  #length = 0;
  /** The window that records are being read from: their `raw` where they are a stretch of it. */
  text = '';
  bytes: Buffer = EMPTY;
  /** Whether those bytes stay as they are until the next chunk. */
  stays = true;

  constructor(scanner: Scanner, sink: FoundSink) {
    this.#scanner = scanner;
    this.#sink = sink;
  }

  /** Scans all that is whole. The chunk may be used for something else afterwards. `done` is called after each window. */
  push(chunk: Buffer, done: () => void): void {
    let at = 0;
    while (this.#length > 0 && at < chunk.length) {
      // What was left is most of a line: its end, and no more, is joined to it; of a long one, the next piece.
      const lf = chunk.indexOf(LF, at);
      const line = lf < 0 ? chunk.length : lf + 1;
      const end = this.#scanner.isLong ? Math.min(line, at + WINDOW) : line;
      this.#hold(chunk.subarray(at, end));
      at = end;
      // Without an end there is nothing to scan yet.
      if (lf < 0 && this.#length <= MAX_LINE_BYTES && !this.#scanner.isLong) return;
      const read = this.#scanHeld(false, done);
      this.#held.copyWithin(0, read, this.#length);
      this.#length -= read;
    }
    while (at < chunk.length) {
      // Of a line without an end pieces are taken, a window after the other.
      const end = this.#scanner.isLong ? Math.min(at + WINDOW, chunk.length) : endOfWindow(chunk, at);
      const read = this.#scan(chunk.subarray(at, end), false, done);
      at += read;
      if (read === 0 || end === chunk.length) break;
    }
    if (at < chunk.length) this.#hold(chunk.subarray(at));
  }

  /** Scans what is left. */
  end(done: () => void): void {
    this.#scanHeld(true, done);
    this.#length = 0;
  }

  #scanHeld(final: boolean, done: () => void): number {
    this.stays = false;
    const read = this.#scan(this.#held.subarray(0, this.#length), final, done);
    this.stays = true;
    return read;
  }

  #hold(bytes: Buffer): void {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#held.length * 2));
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    bytes.copy(this.#held, this.#length);
    this.#length = length;
  }

  #scan(bytes: Buffer, final: boolean, done: () => void): number {
    this.bytes = bytes;
    this.text = bytes.toString('latin1');
    const clean = !this.#scanner.fieldsOnly && isCleanText(bytes);
    const read = this.#scanner.scan(this.text, final, this.#sink, {clean, bytes});
    done();
    this.text = '';
    this.bytes = EMPTY;
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
