import {once} from 'node:events';
import type {ByteString} from '../../../src/logs/bytes.ts';

/** So much is gathered before it is written. */
const BATCH = 64 * 1024;
/** Fewer bytes than this are gathered with others; more are worth a write of their own. */
const SMALL = 16 * 1024;

/** Standard output, written in batches; whoever fills it waits with `drained` until its reader keeps up. */
export class Sink {
  readonly #stream: NodeJS.WritableStream;
  readonly #limit: number;
  #text = '';
  #written = 0;
  #full = false;
  #isDue = false;
  /** Whether bytes that belong to somebody else were given to the stream. */
  #lent = false;
  #batch = Buffer.allocUnsafeSlow(2 * BATCH);

  /** `limit`: bytes after which nothing more is taken. */
  constructor(stream: NodeJS.WritableStream, limit = Infinity) {
    this.#stream = stream;
    this.#limit = limit;
  }

  /** Whether the limit is reached. */
  get isFull(): boolean {
    return this.#full;
  }

  /** Whether there is a limit. */
  get isLimited(): boolean {
    return this.#limit !== Infinity;
  }

  /** Whether the stream still needs bytes that were lent to it. */
  get isBehind(): boolean {
    return this.#stdout.writableLength > 0;
  }

  /** Takes bytes as a byte string. */
  put(bytes: ByteString): void {
    if (!this.#takes(bytes.length)) return;
    this.#text += bytes;
    if (this.#text.length >= BATCH) this.flush();
  }

  /** Takes bytes, which must not change before `drained` resolves. */
  putBytes(bytes: Uint8Array): void {
    if (!this.#takes(bytes.length)) return;
    if (bytes.length < SMALL) {
      this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      if (this.#text.length >= BATCH) this.flush();
      return;
    }
    this.flush();
    this.#lent = true;
    this.#stream.write(bytes);
  }

  /** Hands on what was gathered as soon as nothing more is at hand: for what comes live. */
  flushSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.flush();
    });
  }

  /** Hands on what was gathered. */
  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    // A stream that has written all has no more use for the last batch: its memory serves again.
    if (text.length > this.#batch.length || this.#stdout.writableLength > 0)
      this.#batch = Buffer.allocUnsafeSlow(Math.max(text.length, 2 * BATCH));
    this.#stream.write(this.#batch.subarray(0, this.#batch.write(text, 'latin1')));
  }

  /** Resolves when the reader has taken what there is, or nearly so; wholly where bytes were only lent. */
  async drained(): Promise<void> {
    const stdout = this.#stdout;
    if (this.#lent && stdout.writableLength > 0) {
      // An empty write ends after all that stand before it; a reader that went away is told of by an event.
      await new Promise<void>(done => stdout.write('', () => done()));
    }
    this.#lent = false;
    if (stdout.writableNeedDrain) await once(stdout, 'drain');
  }

  /** As every writable of Node, it tells what it still holds. */
  get #stdout(): NodeJS.WriteStream {
    return this.#stream as NodeJS.WriteStream;
  }

  #takes(bytes: number): boolean {
    if (this.#full) return false;
    if (this.#written + bytes > this.#limit) {
      this.#full = true;
      return false;
    }
    this.#written += bytes;
    return true;
  }
}
