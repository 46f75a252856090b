import type {ByteString} from '../../logs/bytes.ts';
import type {Found, FoundSink} from './found.ts';
import type {PlainLine} from './line.ts';

/** What stands before the bytes of a line in the runtime's files, or in the kubelet's answer with timestamps. */
export interface CriHeader {
  time: string;
  stream: 'stdout' | 'stderr' | null;
  /** Tag P: the line goes on in the next one of its stream. */
  partial: boolean;
  /** Where the line's own bytes begin. */
  start: number;
}

/** Longer headers are none: a time, a stream and tags. */
const MAX_HEADER = 256;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const CRI_LINE =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) std(?:out|err) [PF](?::\S*)? /;
const PARTIAL = 0x50;
const FULL = 0x46;
const SPACE = 0x20;

/** Whether a line has the runtime's header (https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md). */
export function isCriLine(text: ByteString, start: number, lf: number): boolean {
  return CRI_LINE.test(text.slice(start, Math.min(lf, start + MAX_HEADER)));
}

/** Reads the header of a line; undefined where it has none. */
export function readCriHeader(
  text: ByteString,
  start: number,
  lf: number,
  format: 'cri' | 'stamped',
): CriHeader | undefined {
  const space = text.indexOf(' ', start);
  const timeEnd = space < 0 || space > lf ? lf : space;
  // The shortest time has 20 characters, the longest 35.
  if (timeEnd - start < 20 || timeEnd - start > 35) return undefined;
  const time = text.slice(start, timeEnd);
  if (!TIME.test(time)) return undefined;
  if (format === 'stamped') return {time, stream: null, partial: false, start: Math.min(timeEnd + 1, lf)};
  const stream = text.startsWith('stdout ', timeEnd + 1)
    ? 'stdout'
    : text.startsWith('stderr ', timeEnd + 1)
      ? 'stderr'
      : undefined;
  const tag = timeEnd + 8;
  const code = text.charCodeAt(tag);
  if (stream === undefined || (code !== PARTIAL && code !== FULL)) return undefined;
  const after = text.charCodeAt(tag + 1) === SPACE ? tag + 1 : text.indexOf(' ', tag);
  if (after < 0 || after > lf || after - tag > MAX_HEADER) return undefined;
  return {time, stream, partial: code === PARTIAL, start: after + 1};
}

/** The fragments of a line that the runtime cut, kept as bytes until the last one comes. */
export class Fragments {
  #parts: ByteString[] = [];
  #raw: ByteString[] = [];
  #time: string | null = null;
  #stream: 'stdout' | 'stderr' | null = null;
  /** Bytes that are kept. */
  bytes = 0;
  /** Whether the line has given pieces already. */
  isLong = false;

  get isEmpty(): boolean {
    return this.#parts.length === 0 && !this.isLong;
  }

  add(fragment: ByteString, found: Found): void {
    if (this.#parts.length === 0) {
      this.#time = found.criTime;
      this.#stream = found.stream;
    }
    this.#parts.push(fragment);
    this.#raw.push(found.raw.slice(found.rawStart, found.rawEnd));
    this.bytes += fragment.length;
  }

  /** The joined line, with its bytes put into `found`; undefined where there is none. */
  take(found: Found): PlainLine | undefined {
    if (this.#parts.length === 0) return undefined;
    const text = this.#parts.join('');
    this.#put(found);
    let end = text.length;
    while (end > 0 && text.charCodeAt(end - 1) === 0x0d) end--;
    return {text, start: 0, end, crs: text.length - end, clean: false, bytes: undefined, view: undefined};
  }

  /** Gives what is kept as a piece of a long line. */
  givePiece(found: Found, sink: FoundSink): void {
    const message = this.#parts.join('');
    this.isLong = true;
    found.reset();
    this.#put(found);
    found.message = message;
    found.partial = true;
    sink(found);
  }

  /** The long line is over. */
  end(): void {
    this.isLong = false;
  }

  #put(found: Found): void {
    found.raw = this.#raw.join('');
    found.rawStart = 0;
    found.rawEnd = found.raw.length;
    found.criTime = this.#time;
    found.stream = this.#stream;
    this.#parts = [];
    this.#raw = [];
    this.bytes = 0;
  }
}
