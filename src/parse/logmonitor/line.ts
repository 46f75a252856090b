import type {ByteString} from '../../logs/bytes.ts';
import type {Found} from './found.ts';
import type {OpenLine} from './open.ts';
import {TIME_LENGTH, startsRecord} from './shapes.ts';
import {TRACE_MARK} from './trace.ts';

/** A line without its end, and how many CR stood before the LF. */
export interface PlainLine {
  text: ByteString;
  start: number;
  end: number;
  crs: number;
  /** Whether it is known to be printable ASCII (`isCleanText`). */
  clean: boolean;
  /** Bytes of `text` where they are at hand. */
  bytes: Uint8Array | undefined;
  /** The same, to compare with. */
  view: DataView | undefined;
}

/** A line as an open record keeps it, from `start` on. */
export function openLine(line: PlainLine, start: number, found: Found): OpenLine {
  return {
    text: line.text.slice(start, line.end),
    crs: line.crs,
    raw: found.raw.slice(found.rawStart, found.rawEnd),
    criTime: found.criTime,
  };
}

/** Facts of a line that stand in `found` while another is looked at. */
export function keep({raw, rawStart, rawEnd, criTime, stream}: Found): Partial<Found> {
  return {raw, rawStart, rawEnd, criTime, stream};
}

/** Where in a line a record begins that something else stands before, or the line's end (1.x; cut records of processes). */
export function recordWithin(text: ByteString, start: number, end: number): number {
  const line = text.slice(start, end);
  const element = line.indexOf('<Source>E', 1);
  const mark = line.indexOf(TRACE_MARK, TIME_LENGTH + 2) - TIME_LENGTH - 1;
  let next = end;
  if (element > 0 && startsRecord(line, element)) next = start + element;
  if (mark > 0 && startsRecord(line, mark)) next = Math.min(next, start + mark);
  return next;
}
