import type {ByteString} from '../../logs/bytes.ts';
import {byteString} from '../../logs/bytes.ts';
import type {LogOrigin, LogRecord} from '../../logs/record.ts';
import {toRecord} from '../../logs/to-record.ts';
import type {ScannerOptions} from './scanner.ts';
import {Scanner} from './scanner.ts';

export interface ParserOptions extends ScannerOptions {
  /** Whose log it is. */
  origin?: LogOrigin;
  /** Whether records carry their own bytes. */
  keepRaw?: boolean;
}

/** Reads the log of one container, however it is cut, into records. Keeps at most one line or record of it. */
export class LogParser {
  readonly #scanner: Scanner;
  readonly #origin: LogOrigin | undefined;
  readonly #keepRaw: boolean;
  #rest: ByteString = '';

  constructor(options: ParserOptions = {}) {
    this.#scanner = new Scanner(options);
    this.#origin = options.origin;
    this.#keepRaw = options.keepRaw ?? false;
  }

  /** Takes what came next, as bytes or as a byte string, and gives the records that are whole. */
  push(bytes: Uint8Array | ByteString): LogRecord[] {
    return this.#read(typeof bytes === 'string' ? bytes : byteString(bytes), false);
  }

  /** Gives what is left at the end of the log, or after a silence: a line without its end, a record that was cut. */
  flush(): LogRecord[] {
    return this.#read('', true);
  }

  #read(bytes: ByteString, final: boolean): LogRecord[] {
    const records: LogRecord[] = [];
    const text = this.#rest + bytes;
    const read = this.#scanner.scan(text, final, found =>
      records.push(toRecord(found, this.#origin, this.#keepRaw)),
    );
    this.#rest = text.slice(read);
    return records;
  }
}
