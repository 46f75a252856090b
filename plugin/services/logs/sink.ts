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

  /** `limit`: bytes after which nothing more is taken. */
  constructor(stream: NodeJS.WritableStream, limit = Infinity) {
    this.#stream = stream;
    this.#limit = limit;
  }

  /** Whether the limit is reached. */
  get isFull(): boolean {
    return this.#full;
  }

  /** Takes bytes as a byte string. */
  put(bytes: ByteString): void {
    if (!this.#takes(bytes.length)) return;
    this.#text += bytes;
    if (this.#text.length >= BATCH) this.flush();
  }

  /** Takes a copy of bytes. */
  putBytes(bytes: Uint8Array): void {
    if (!this.#takes(bytes.length)) return;
    if (bytes.length < SMALL) {
      this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      if (this.#text.length >= BATCH) this.flush();
      return;
    }
    this.flush();
    this.#stream.write(Buffer.from(bytes));
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
    this.#stream.write(Buffer.from(this.#text, 'latin1'));
    this.#text = '';
  }

  /** Resolves when the reader has taken what there is, or nearly so. */
  async drained(): Promise<void> {
    // A writable of Node always tells whether it needs to drain; the interface of process.stdout has it.
    if ((this.#stream as NodeJS.WriteStream).writableNeedDrain) await once(this.#stream, 'drain');
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
