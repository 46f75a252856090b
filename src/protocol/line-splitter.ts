const LINE_FEED = 0x0a;

/** A line is longer than its reader allows. */
export class LongLineError extends Error {
  override readonly name = 'LongLineError';
}

/** Cuts a stream of UTF-8 into lines, whatever its chunks. It keeps one unfinished line at most. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8');
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of a line that was begun: more than none at the end of a stream means that it was cut. */
  get pending(): number {
    return this.#bytes;
  }

  /** The lines that end in this chunk, without their line feed. Throws a {@link LongLineError}. */
  *read(chunk: Uint8Array): Generator<string> {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      this.#keep(chunk.subarray(start, end));
      start = end + 1;
      yield this.#take();
    }
    this.#keep(chunk.subarray(start));
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) throw new LongLineError(`a line is over ${this.#maxBytes} bytes long`);
    this.#parts.push(part);
  }

  #take(): string {
    const [first] = this.#parts;
    let line = first ?? new Uint8Array();
    if (this.#parts.length > 1) {
      line = new Uint8Array(this.#bytes);
      let at = 0;
      for (const part of this.#parts) {
        line.set(part, at);
        at += part.length;
      }
    }
    this.#parts = [];
    this.#bytes = 0;
    return this.#decoder.decode(line);
  }
}
