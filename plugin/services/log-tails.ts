import {decodeText, linesOf} from '../../src/capture/decode.ts';
import type {CaptureFiles, TakePiece} from '../../src/capture/files.ts';
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
  let end = new End();
  const into = (): TakePiece => {
    const own = new End();
    end = own;
    return piece => own.take(piece);
  };
  for await (const {path, bytes} of files.read(new Set(paths.keys()), {into})) {
    const log = paths.get(path);
    end.take(bytes);
    if (log) tails.set(path, {...log, ...end.lines()});
    end = new End();
  }
  return [...paths.keys()].flatMap(path => tails.get(path) ?? []);
}

/** The last bytes of a file that comes in pieces. */
class End {
  #kept = Buffer.alloc(0);
  #isCut = false;

  take(piece: Uint8Array): void {
    const all = Buffer.concat([this.#kept, piece.subarray(-MAX_BYTES)]);
    this.#isCut ||= this.#kept.length + piece.length > MAX_BYTES;
    this.#kept = all.subarray(-MAX_BYTES);
  }

  lines(): {lines: string[]; isCut: boolean} {
    const lines = linesOf(decodeText(this.#kept).text);
    // The first one began before the cut.
    if (this.#isCut && lines.length > 1) lines.shift();
    return {lines: lines.slice(-MAX_LINES), isCut: this.#isCut || lines.length > MAX_LINES};
  }
}
