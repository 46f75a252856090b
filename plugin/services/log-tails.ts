import {decodeText, linesOf} from '../../src/capture/decode.ts';
import type {CaptureFiles} from '../../src/capture/files.ts';
import {podLogPath} from '../../src/logs/paths.ts';
import type {WantedLog} from '../../src/logs/wanted.ts';
import type {LogTail} from '../../src/report/html/logs.ts';

/** Lines and bytes of each log that a page shows, and bytes of all of them: a page is read in a browser. */
const MAX_LINES = 300;
const MAX_BYTES = 48 * 1024;
const MAX_ALL = 1024 * 1024;
/** A file of which only the end is wanted is read from its start: beyond this it is left to `logs`. */
const MAX_FILE = 32 * 1024 * 1024;

/** The ends of logs that a capture has, in the order in which they are wanted. `root` is where its layout begins. */
export async function logTails(
  files: CaptureFiles,
  root: string,
  wanted: readonly WantedLog[],
): Promise<LogTail[]> {
  const sizes = new Map(files.list().map(({path, size}) => [path, size]));
  const paths = new Map<string, WantedLog>();
  let all = 0;
  for (const log of wanted) {
    const path = root + podLogPath(log);
    const size = sizes.get(path) ?? 0;
    if (size === 0 || size > MAX_FILE || all >= MAX_ALL) continue;
    all += Math.min(size, MAX_BYTES);
    paths.set(path, log);
  }
  const tails = new Map<string, LogTail>();
  for await (const {path, bytes} of files.read(new Set(paths.keys()))) {
    const log = paths.get(path);
    if (log) tails.set(path, {...log, ...endOf(bytes)});
  }
  return [...paths.keys()].flatMap(path => tails.get(path) ?? []);
}

function endOf(bytes: Uint8Array): {lines: string[]; isCut: boolean} {
  const end = bytes.subarray(-MAX_BYTES);
  const lines = linesOf(decodeText(end).text);
  // The first one began before the cut.
  if (end.length < bytes.length && lines.length > 1) lines.shift();
  return {lines: lines.slice(-MAX_LINES), isCut: end.length < bytes.length || lines.length > MAX_LINES};
}
