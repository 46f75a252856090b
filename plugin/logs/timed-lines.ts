/** One line of a container's log, as the kubelet sends it with `timestamps=true`. */
export interface TimedLine {
  /** When the runtime received it, as it was sent: RFC 3339 with up to nine digits of a second. Empty for a line without. */
  time: string;
  /** The line without its line feed. */
  bytes: Buffer;
  /** The line goes on in the next one: it is longer than `MAX_PIECE_BYTES`. */
  more: boolean;
}

/** A longer line comes in pieces, so that no line, however long, is ever held whole. */
export const MAX_PIECE_BYTES = 1024 * 1024;

const LF = 0x0a;
const SPACE = 0x20;
/** `2026-09-01T12:00:00.123456789+02:00` and a space. */
const MAX_TIME_CHARS = 40;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Cuts a stream into lines and takes the time off each, unless lines are said to have none (`stamped: false`). A last line that has no line feed comes as it is. Pieces of a long
 * line are cut at the same places however the stream arrives, so that a line read again is known again. Lines that came
 * together are given together: each step of a stream costs more than a line.
 */
export async function* lineBatches(
  stream: AsyncIterable<Uint8Array>,
  {stamped = true}: {stamped?: boolean} = {},
): AsyncGenerator<TimedLine[]> {
  const cutter = new LineCutter(stamped);
  for await (const chunk of stream) {
    const lines = cutter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (lines.length > 0) yield lines;
  }
  const last = cutter.end();
  if (last) yield [last];
}

/** The same, line by line. */
export async function* timedLines(
  stream: AsyncIterable<Uint8Array>,
  options: {stamped?: boolean} = {},
): AsyncGenerator<TimedLine> {
  for await (const lines of lineBatches(stream, options)) yield* lines;
}

class LineCutter {
  #held: Buffer[] = [];
  #bytes = 0;
  /** Set while pieces of one line are sent out. */
  #time: string | undefined;
  readonly #stamped: boolean;

  constructor(stamped: boolean) {
    this.#stamped = stamped;
  }

  push(chunk: Buffer): TimedLine[] {
    const lines: TimedLine[] = [];
    for (let at = 0; at < chunk.length;) {
      const lf = chunk.indexOf(LF, at);
      const stop = Math.min(lf < 0 ? chunk.length : lf, at + MAX_PIECE_BYTES - this.#bytes);
      if (stop === lf) {
        lines.push(this.#whole(chunk, at, lf));
        at = lf + 1;
      } else {
        const part = chunk.subarray(at, stop);
        at = stop;
        if (this.#bytes + part.length === MAX_PIECE_BYTES) lines.push(this.#line(part, true));
        else {
          this.#held.push(part);
          this.#bytes += part.length;
        }
      }
    }
    return lines;
  }

  /** The line that ends at a place. Each view of memory costs as much as a short line, so one is made. */
  #whole(chunk: Buffer, from: number, to: number): TimedLine {
    if (this.#bytes > 0 || this.#time !== undefined || !this.#stamped)
      return this.#line(chunk.subarray(from, to), false);
    return {...split(chunk, from, to), more: false};
  }

  end(): TimedLine | undefined {
    return this.#bytes > 0 || this.#time !== undefined ? this.#line(Buffer.alloc(0), false) : undefined;
  }

  #line(last: Buffer, more: boolean): TimedLine {
    const bytes = this.#bytes > 0 ? Buffer.concat([...this.#held, last]) : last;
    if (this.#bytes > 0) this.#held = [];
    this.#bytes = 0;
    const line =
      this.#time === undefined && this.#stamped
        ? split(bytes, 0, bytes.length)
        : {time: this.#time ?? '', bytes};
    this.#time = more ? line.time : undefined;
    return {...line, more};
  }
}

/** Time and rest of the line that stands between two places. */
function split(chunk: Buffer, from: number, to: number): {time: string; bytes: Buffer} {
  const limit = Math.min(to, from + MAX_TIME_CHARS);
  let space = from;
  while (space < limit && chunk[space] !== SPACE) space++;
  const time = chunk.toString('latin1', from, space);
  if (!TIME.test(time)) return {time: '', bytes: chunk.subarray(from, to)};
  return {time, bytes: chunk.subarray(Math.min(space < limit ? space + 1 : space, to), to)};
}
