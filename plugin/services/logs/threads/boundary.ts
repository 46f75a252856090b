import {readSync} from 'node:fs';
import {startsRecord} from '../../../../src/parse/logmonitor/shapes.ts';

/** So far a line is looked for that begins a record: near first, as most lines are short. */
const LOOKS = [4 * 1024, 64 * 1024];

/**
 * Where near an offset a block of a file may end: before a line that begins a record, else before any line. Undefined where no line
 * ends there: it is a very long one, or the last.
 */
export function boundaryNear(file: number, offset: number): number | undefined {
  let first: number | undefined;
  for (const look of LOOKS) {
    const buffer = Buffer.allocUnsafe(look);
    const text = buffer.toString('latin1', 0, readSync(file, buffer, 0, look, offset));
    for (let lf = text.indexOf('\n'); lf >= 0 && lf + 1 < text.length; lf = text.indexOf('\n', lf + 1)) {
      first ??= offset + lf + 1;
      if (startsRecord(text, lf + 1)) return offset + lf + 1;
    }
  }
  return first;
}
