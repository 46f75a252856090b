/**
 * Frames of the exec transport: HTTP's bytes over a program's standard input and output. A frame is its length, four bytes
 * with the highest first, and as many bytes. Length 0 is a heartbeat, 0xffffffff says that no more comes: exec streams
 * do not carry the end of a stream on every path through an API server.
 */

/** Bytes of a frame at most; a length above is no frame of ours. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** Milliseconds between heartbeats of either side. */
export const HEARTBEAT_MS = 5000;
/** Milliseconds of silence after which the other side is taken for gone: three heartbeats lost. */
export const SILENCE_MS = 15_000;

const HEADER_BYTES = 4;
const END_LENGTH = 0xff_ff_ff_ff;

/** A frame that says only that its sender is there. */
export const HEARTBEAT: Uint8Array = header(0);
/** The last frame. */
export const END: Uint8Array = header(END_LENGTH);

/** Cuts bytes into frames: headers and parts of the bytes in turn, nothing copied. */
export function* frames(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += MAX_FRAME_BYTES) {
    const part = bytes.subarray(start, start + MAX_FRAME_BYTES);
    yield header(part.length);
    yield part;
  }
}

/** What arrived is no frame. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Takes frames apart as they arrive. It keeps no bytes but those of an unfinished header. */
export class FrameReader {
  readonly #header = new Uint8Array(HEADER_BYTES);
  #got = 0;
  #left = 0;
  #ended = false;

  /** Whether the last frame has come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether what came so far ends with a frame; where not, its sender died in the middle. */
  get whole(): boolean {
    return this.#got === 0 && this.#left === 0;
  }

  /** The payload of a chunk, as parts of it. Throws a {@link FrameError} on what is no frame or comes after the last. */
  *read(chunk: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#ended) throw new FrameError('bytes came after the last frame');
      if (this.#left === 0) {
        const part = chunk.subarray(at, at + HEADER_BYTES - this.#got);
        this.#header.set(part, this.#got);
        this.#got += part.length;
        at += part.length;
        if (this.#got === HEADER_BYTES) this.#begin();
        continue;
      }
      const part = chunk.subarray(at, at + this.#left);
      this.#left -= part.length;
      at += part.length;
      yield part;
    }
  }

  #begin(): void {
    const length = new DataView(this.#header.buffer).getUint32(0);
    this.#got = 0;
    if (length === END_LENGTH) this.#ended = true;
    else if (length > MAX_FRAME_BYTES) throw new FrameError(notAFrame(this.#header, length));
    else this.#left = length;
  }
}

function header(length: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}

/** A shell's message in place of a frame is recognised by its first letters. */
function notAFrame(bytes: Uint8Array, length: number): string {
  const text = String.fromCharCode(...bytes);
  return /^[\t\r\n -~]+$/.test(text)
    ? `a text that begins with ${JSON.stringify(text)} came where a frame was expected`
    : `a frame of ${length} bytes was announced, ${MAX_FRAME_BYTES} is the limit`;
}
