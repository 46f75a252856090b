import type {FileHandle} from 'node:fs/promises';
import {startsRecord} from '../../../../src/parse/logmonitor/shapes.ts';

/** So far a line is looked for that begins a record. */
const LOOK = 64 * 1024;

/**
 * Where near an offset a block may end: before a line that begins a record, else before any line. Undefined where no line ends
 * there: it is a very long one, or the last.
 */
export async function boundaryNear(file: FileHandle, offset: number): Promise<number | undefined> {
  const {buffer, bytesRead} = await file.read(Buffer.allocUnsafe(LOOK), 0, LOOK, offset);
  const text = buffer.toString('latin1', 0, bytesRead);
  let first: number | undefined;
  for (let lf = text.indexOf('\n'); lf >= 0 && lf + 1 < text.length; lf = text.indexOf('\n', lf + 1)) {
    first ??= offset + lf + 1;
    if (startsRecord(text, lf + 1)) return offset + lf + 1;
  }
  return first;
}
