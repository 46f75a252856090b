import type {ByteString} from '../../logs/bytes.ts';
import type {Found} from './found.ts';

/** A line that is kept until its record ends. */
export interface OpenLine {
  text: ByteString;
  crs: number;
  raw: ByteString;
  criTime: string | null;
}

/** How a record ends, by how its line starts. */
const ENDINGS: readonly [start: string, end: string][] = [
  ['{"Source": "EventLog"', '"}}'],
  ['{"Source":', '}'],
  ['<Log>', '</LogEntry></Log>'],
  ['<Source>EventLog', '</Message></LogEntry>'],
  ['<Source>EtwEvent', '</EventData>'],
];

/** What ends the record that starts at a place. */
export function endingOf(text: ByteString, at: number): string {
  return ENDINGS.find(([start]) => text.startsWith(start, at))?.[1] ?? '}';
}

/** A record that goes on in the next line. */
export class OpenRecord {
  readonly lines: OpenLine[];
  /** What its last line ends with; undefined in the Custom format, where the number of CRs tells. */
  readonly ending: string | undefined;
  bytes: number;
  readonly #stream: 'stdout' | 'stderr' | null;

  constructor(ending: string | undefined, first: OpenLine, {stream}: Found) {
    this.ending = ending;
    this.lines = [first];
    this.bytes = first.raw.length;
    this.#stream = stream;
  }

  add(line: OpenLine): void {
    this.lines.push(line);
    this.bytes += line.raw.length;
  }

  /** Whether a line can be the last one. */
  mayEnd({text, end, crs}: {text: ByteString; end: number; crs: number}, usualCrs: number): boolean {
    if (this.ending === undefined) return crs <= usualCrs;
    return text.startsWith(this.ending, end - this.ending.length);
  }

  /** The record as one text; each inner line end loses the CRs that text mode gave it. */
  joined(lost: number): ByteString {
    return this.lines
      .map(({text, crs}, i) =>
        i === this.lines.length - 1 ? text : `${text}${'\r'.repeat(Math.max(0, crs - lost))}\n`,
      )
      .join('');
  }

  /** Puts the raw bytes of all lines and the time of the first into a record. */
  restore(found: Found): void {
    found.raw = this.lines.map(line => line.raw).join('');
    found.rawStart = 0;
    found.rawEnd = found.raw.length;
    found.criTime = this.lines[0]?.criTime ?? null;
    found.stream = this.#stream;
  }

  /** Puts the raw bytes of one line into a record. */
  useLine(found: Found, line: OpenLine): void {
    found.raw = line.raw;
    found.rawStart = 0;
    found.rawEnd = line.raw.length;
    found.criTime = line.criTime;
    found.stream = this.#stream;
  }
}
