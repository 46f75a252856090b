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
    let rest = chunk;
    while (rest.length > 0) {
      const end = rest.indexOf(LF);
      const room = MAX_PIECE_BYTES - this.#bytes;
      const taken = Math.min(end < 0 ? rest.length : end, room);
      if (taken === end) {
        lines.push(this.#line(rest.subarray(0, taken), false));
        rest = rest.subarray(taken + 1);
      } else {
        const part = rest.subarray(0, taken);
        rest = rest.subarray(taken);
        if (taken === room) lines.push(this.#line(part, true));
        else {
          this.#held.push(part);
          this.#bytes += taken;
        }
      }
    }
    return lines;
  }

  end(): TimedLine | undefined {
    return this.#bytes > 0 || this.#time !== undefined ? this.#line(Buffer.alloc(0), false) : undefined;
  }

  #line(last: Buffer, more: boolean): TimedLine {
    const bytes = this.#bytes > 0 ? Buffer.concat([...this.#held, last]) : last;
    if (this.#bytes > 0) this.#held = [];
    this.#bytes = 0;
    const line = this.#time === undefined && this.#stamped ? split(bytes) : {time: this.#time ?? '', bytes};
    this.#time = more ? line.time : undefined;
    return {...line, more};
  }
}

function split(line: Buffer): {time: string; bytes: Buffer} {
  const space = line.subarray(0, MAX_TIME_CHARS).indexOf(SPACE);
  const time =
    space < 0 ? line.subarray(0, MAX_TIME_CHARS).toString('latin1') : line.toString('latin1', 0, space);
  if (!TIME.test(time)) return {time: '', bytes: line};
  return {time, bytes: space < 0 ? line.subarray(time.length) : line.subarray(space + 1)};
}
