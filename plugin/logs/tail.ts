import type {TimedLine} from './timed-lines.ts';
import {timedLines} from './timed-lines.ts';

/** The runtime cuts lines into pieces of so many bytes (`max_container_log_line_size`), and the kubelet counts pieces. */
const PIECE_BYTES = 16 * 1024;
const GROWTH = 4;
const MAX_PIECES = 100_000;

/**
 * The last lines of a log as people count them. Where lines are longer than a piece, more pieces are asked for until
 * there are as many lines, or no more come.
 */
export async function lastLines(
  count: number,
  open: (pieces: number) => Promise<AsyncIterable<Uint8Array>>,
): Promise<TimedLine[]> {
  if (count === 0) return [];
  let before = -1;
  for (let pieces = count; ; pieces = Math.min(MAX_PIECES, pieces * GROWTH)) {
    const read = await newest(count, await open(pieces));
    const enough = read.lines >= count || !read.hasLong || read.lines === before || pieces >= MAX_PIECES;
    if (enough) return read.kept;
    before = read.lines;
  }
}

/** The last `count` lines of a stream with all their parts, and how many lines it had. */
async function newest(
  count: number,
  stream: AsyncIterable<Uint8Array>,
): Promise<{kept: TimedLine[]; lines: number; hasLong: boolean}> {
  const kept: TimedLine[][] = [];
  let lines = 0;
  let hasLong = false;
  let parts: TimedLine[] = [];
  for await (const line of timedLines(stream)) {
    parts.push(line);
    hasLong ||= line.bytes.length >= PIECE_BYTES;
    if (line.more) continue;
    kept.push(parts);
    parts = [];
    lines++;
    if (kept.length > count) kept.shift();
  }
  return {kept: kept.flat(), lines, hasLong};
}
