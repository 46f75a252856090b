import type {ByteString} from '../../../src/logs/bytes.ts';
import type {Block, PieceWriter} from '../../../src/logs/pieces.ts';
import type {FoundRecord} from '../../../src/logs/to-record.ts';
import {STAMP} from '../../../src/parse/applog/stamp.ts';
import {TIME_LENGTH} from '../../../src/parse/logmonitor/shapes.ts';
import type {Output} from './output.ts';
import type {Windows} from './windows.ts';

/** So much is gathered before it is handed on. */
const BATCH = 128 * 1024;
/** Fewer bytes than this are copied one by one: a call into the engine's own code takes longer. */
const SHORT = 24;
/** A time has at most so many characters. */
const MAX_TIME = 40;
/** Length of a date. */
const DATE = 10;
const DOT = 0x2e;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** Gathers the bytes of records piece by piece, without strings between, and hands them on in batches of whole records. */
export class ByteBatch implements PieceWriter {
  readonly #output: Output;
  #windows: Windows | undefined;
  #buffer = Buffer.allocUnsafeSlow(2 * BATCH);
  #length = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Begins a record; `windows`: what its message may be a stretch of. */
  begin(windows: Windows): void {
    this.#windows = windows;
  }

  put(text: ByteString): void {
    const {length} = text;
    if (this.#length + length > this.#buffer.length) this.#grow(length);
    if (length >= SHORT) {
      this.#length += this.#buffer.write(text, this.#length, length, 'latin1');
      return;
    }
    const buffer = this.#buffer;
    let at = this.#length;
    for (let i = 0; i < length; i++) buffer[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  time(found: FoundRecord): void {
    const {raw, messageAt, stamp, timeAt} = found;
    const windows = this.#windows;
    if (!windows || raw !== windows.text || (timeAt < 0 && (messageAt < 0 || stamp === 0))) {
      this.put(found.time ?? '');
      return;
    }
    const {bytes} = windows;
    if (this.#length + MAX_TIME > this.#buffer.length) this.#grow(MAX_TIME);
    const buffer = this.#buffer;
    const at = this.#length;
    if (timeAt >= 0) {
      this.#length += bytes.copy(buffer, at, timeAt, timeAt + TIME_LENGTH);
      return;
    }
    // As `stampTime` makes it.
    bytes.copy(buffer, at, messageAt, messageAt + stamp);
    buffer[at + DATE] = LETTER_T;
    if (stamp > STAMP) buffer[at + STAMP] = DOT;
    buffer[at + stamp] = LETTER_Z;
    this.#length = at + stamp + 1;
  }

  block({bytes}: Block): void {
    if (this.#length + bytes.length > this.#buffer.length) this.#grow(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  message(found: FoundRecord): void {
    const {raw, message, messageAt} = found;
    const {length} = message;
    const windows = this.#windows;
    if (!windows || messageAt < 0 || length < SHORT || raw !== windows.text) {
      this.put(message);
      return;
    }
    if (this.#length + length > this.#buffer.length) this.#grow(length);
    this.#length += windows.bytes.copy(this.#buffer, this.#length, messageAt, messageAt + length);
  }

  /** Ends a record. */
  end(): void {
    if (this.#length >= BATCH || this.#output.isLimited) this.flush();
  }

  /** Hands on what was gathered. */
  flush(): void {
    if (this.#length === 0) return;
    this.#output.putBytes(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    // What the output has not passed on yet must stay as it is.
    if (this.#output.isBehind) this.#buffer = Buffer.allocUnsafeSlow(2 * BATCH);
  }

  /** Makes room for more than a batch: a record may be that long. */
  #grow(bytes: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#length + bytes, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
