import type {ByteString} from '../../../../src/logs/bytes.ts';
import type {Output} from '../output.ts';

/** So much text is gathered before it is made into bytes. */
const BATCH = 64 * 1024;

/** Gathers the bytes of one block in memory that threads share. */
export class BlockOutput implements Output {
  #larger: SharedArrayBuffer | undefined;
  #buffer: Buffer;
  #length = 0;
  #text = '';

  /** `room`: memory to begin with; where it is too little, a larger one takes its place. */
  constructor(room: SharedArrayBuffer) {
    this.#buffer = Buffer.from(room);
  }

  readonly isLimited = false;
  readonly isBehind = false;

  put(bytes: ByteString): void {
    this.#text += bytes;
    if (this.#text.length >= BATCH) this.#flush();
  }

  putBytes(bytes: Uint8Array): void {
    this.#flush();
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was gathered: the first `length` bytes of the room, or of `larger`, which took its place. */
  end(): {length: number; larger?: SharedArrayBuffer} {
    this.#flush();
    return {length: this.#length, ...(this.#larger && {larger: this.#larger})};
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#reserve(this.#text.length);
    this.#length += this.#buffer.write(this.#text, this.#length, 'latin1');
    this.#text = '';
  }

  #reserve(bytes: number): void {
    const wanted = this.#length + bytes;
    if (wanted <= this.#buffer.length) return;
    this.#larger = new SharedArrayBuffer(Math.max(wanted, this.#buffer.length * 2));
    const larger = Buffer.from(this.#larger);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
