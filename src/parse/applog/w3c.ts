import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {STAMP} from './stamp.ts';

/** Which columns of a W3C file are of use, by its `#Fields` line (https://www.w3.org/TR/WD-logfile). */
export interface W3cColumns {
  date: number;
  time: number;
  status: number;
  /** From `#Date`, for files whose rows have a time only. */
  day: string | null;
}

const FIELDS = '#Fields: ';
const DATE = '#Date: ';
const DAY = /^(\d{4}-\d\d-\d\d) /;
/** More files than this in one stream begin anew. */
const MAX_FILES = 256;

/** The fields of W3C files of one stream, and what they say of a row. Times are in UTC, as the specification has it. */
export class W3cFields {
  readonly #byFile: Map<ByteString, W3cColumns>;
  #lastFile: ByteString | null | undefined;
  #last: W3cColumns | undefined;

  constructor(known: readonly (readonly [ByteString, W3cColumns])[] = []) {
    this.#byFile = new Map(known);
  }

  /** The columns of each file, as far as headers were seen. */
  get known(): [ByteString, W3cColumns][] {
    return [...this.#byFile];
  }

  /** Whether columns of a file are known. */
  knows(file: ByteString | null): boolean {
    return this.#of(file) !== undefined;
  }

  /**
   * What `read` finds for the level of a row of such a file that a quote follows, no shorter than a time; undefined where it
   * takes `read` to tell.
   */
  levelBefore(
    text: ByteString,
    from: number,
    quote: number,
    file: ByteString | null,
  ): LogLevel | null | undefined {
    const columns = this.#of(file);
    if (columns?.date !== 0 || columns.time !== 1 || !isStampOfRow(text, from)) return undefined;
    return columns.status < 0 ? null : levelOfStatus(text, cellAt(text, columns.status, {from, to: quote}));
  }

  /** Takes a line that starts with `#`. */
  header(line: ByteString, file: ByteString | null): void {
    if (line.startsWith(FIELDS)) {
      const names = line.slice(FIELDS.length).trim().split(/\s+/);
      const day = this.#of(file)?.day ?? null;
      this.#set(file, {
        date: names.indexOf('date'),
        time: names.indexOf('time'),
        status: names.indexOf('sc-status'),
        day,
      });
    } else if (line.startsWith(DATE)) {
      const day = DAY.exec(line.slice(DATE.length))?.[1] ?? null;
      this.#set(file, {...(this.#of(file) ?? {date: -1, time: -1, status: -1}), day});
    }
  }

  /** Reads a row that starts with a digit; false where it is none of a W3C file. */
  read(
    line: ByteString,
    file: ByteString | null,
    result: {time: string | null; stamp: number; level: LogLevel | null},
  ): boolean {
    const columns = this.#of(file);
    if (!columns || columns.time < 0) return false;
    if (columns.date === 0 && columns.time === 1) {
      if (!isStampOfRow(line, 0)) return false;
      result.stamp = STAMP;
    } else {
      const cells = line.split(' ');
      const day = columns.date >= 0 ? (cells[columns.date] ?? '') : (columns.day ?? '');
      const clock = cells[columns.time] ?? '';
      if (clock.length !== 8 || !isClock(clock, 0) || (day !== '' && !isDay(day, 0))) return false;
      result.time = day === '' ? null : `${day}T${clock}Z`;
    }
    if (columns.status >= 0)
      result.level = levelOfStatus(line, cellAt(line, columns.status, {from: 0, to: line.length}));
    return true;
  }

  #of(file: ByteString | null): W3cColumns | undefined {
    if (file === this.#lastFile) return this.#last;
    this.#lastFile = file;
    this.#last = this.#byFile.get(file ?? '');
    return this.#last;
  }

  #set(file: ByteString | null, columns: W3cColumns): void {
    if (this.#byFile.size >= MAX_FILES) this.#byFile.clear();
    this.#byFile.set(file ?? '', columns);
    this.#lastFile = file;
    this.#last = columns;
  }
}

function isDay(text: ByteString, at: number): boolean {
  return text.charCodeAt(at + 4) === 0x2d && text.charCodeAt(at + 7) === 0x2d;
}

function isClock(text: ByteString, at: number): boolean {
  return text.charCodeAt(at + 2) === 0x3a && text.charCodeAt(at + 5) === 0x3a;
}

/** Whether a row begins with a day and a clock. */
function isStampOfRow(text: ByteString, at: number): boolean {
  return isDay(text, at) && isClock(text, at + 11) && text.charCodeAt(at + 10) === 0x20;
}

/** Where a column of a row begins, or -1. */
function cellAt(text: ByteString, column: number, {from, to}: {from: number; to: number}): number {
  let at = from;
  for (let i = 0; i < column; i++) {
    at = text.indexOf(' ', at) + 1;
    if (at === 0 || at > to) return -1;
  }
  return at;
}

/** A row has no level: what the server could not do is an error, what a client asked wrongly a warning (RFC 9110 §15). */
function levelOfStatus(line: ByteString, at: number): LogLevel | null {
  if (at < 0) return null;
  switch (line.charCodeAt(at)) {
    case 0x35: // 5
      return 'Error';
    case 0x34: // 4
      return 'Warning';
    case 0x31: // 1
    case 0x32:
    case 0x33:
      return 'Information';
    default:
      return null;
  }
}
