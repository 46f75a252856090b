import {closeSync, openSync, readSync, rmSync, statSync, writeSync} from 'node:fs';

/** Bytes that are read at a time where a part is cut to a line. */
const PIECE = 64 * 1024;
/** Bytes that are copied at a time. */
const COPIED = 1 << 20;

/** Where the end of a text begins: a file, and the bytes to leave out at its beginning. */
export interface TailPart {
  readonly file: string;
  readonly from: number;
}

/**
 * Keeps the last bytes of a text that is written to it, on disk, never more than twice what is wanted: two files, of which the older
 * goes as soon as the younger alone would do. The kubelet's own limit, `limitBytes`, keeps the beginning of a log; people want its end.
 */
export class TailFile {
  readonly #stem: string;
  readonly #maxBytes: number;
  #number = 0;
  #fd: number;
  #bytes = 0;
  #older: string;

  readonly #put: (fd: number, bytes: Uint8Array) => number;

  /**
   * `begun`: a file with the beginning of the text, no longer than what is wanted; others with numbers behind its name come beside it.
   * `put` writes bytes and answers how many of them.
   */
  constructor(begun: string, maxBytes: number, put: (fd: number, bytes: Uint8Array) => number = writeSync) {
    this.#put = put;
    this.#stem = begun;
    this.#older = begun;
    this.#maxBytes = maxBytes;
    this.#fd = openSync(this.#current(), 'wx', 0o600);
  }

  write(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#bytes >= this.#maxBytes) this.#turn();
      const some = bytes.subarray(at, at + this.#maxBytes - this.#bytes);
      const written = this.#put(this.#fd, some);
      this.#bytes += written;
      at += written;
    }
  }

  /** States that nothing more comes; answers the parts of what is kept, in their order, beginning with a whole line. */
  end(): TailPart[] {
    closeSync(this.#fd);
    const newer = this.#current();
    const surplus = statSync(this.#older).size + this.#bytes - this.#maxBytes;
    const from = lineAfter(this.#older, Math.max(0, surplus));
    if (from !== undefined)
      return [
        {file: this.#older, from},
        {file: newer, from: 0},
      ];
    return [{file: newer, from: endsLine(this.#older) ? 0 : (lineAfter(newer, 1) ?? 0)}];
  }

  /** Removes its files. */
  remove(): void {
    for (const file of [this.#older, this.#current()]) rmSync(file, {force: true});
  }

  #turn(): void {
    closeSync(this.#fd);
    rmSync(this.#older);
    this.#older = this.#current();
    this.#number++;
    this.#bytes = 0;
    this.#fd = openSync(this.#current(), 'wx', 0o600);
  }

  #current(): string {
    return `${this.#stem}.${this.#number}`;
  }
}

/** The bytes of a part, piece by piece. */
export function* readPart({file, from}: TailPart): Generator<Uint8Array> {
  const fd = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(COPIED);
    let at = from;
    for (let read = readSync(fd, piece, 0, COPIED, at); read > 0; read = readSync(fd, piece, 0, COPIED, at)) {
      yield piece.subarray(0, read);
      at += read;
    }
  } finally {
    closeSync(fd);
  }
}

/** A file as text, in pieces of whole lines. */
export function* readLines(file: string): Generator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for (const piece of readPart({file, from: 0})) {
    rest += decoder.decode(piece, {stream: true});
    const end = rest.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

function endsLine(file: string): boolean {
  const fd = openSync(file, 'r');
  try {
    const last = Buffer.alloc(1);
    return readSync(fd, last, 0, 1, statSync(file).size - 1) === 1 && last[0] === 0x0a;
  } finally {
    closeSync(fd);
  }
}

/** Where the first line begins that does not begin before `at`; undefined where none does. */
export function lineAfter(file: string, at: number): number | undefined {
  if (at === 0) return 0;
  const fd = openSync(file, 'r');
  try {
    const {size} = statSync(file);
    const piece = Buffer.alloc(PIECE);
    // The line feed before it belongs to the line before.
    for (let from = at - 1; from < size; from += PIECE) {
      const read = readSync(fd, piece, 0, PIECE, from);
      const feed = piece.subarray(0, read).indexOf(0x0a);
      if (feed !== -1) return from + feed + 1 < size ? from + feed + 1 : undefined;
    }
    return undefined;
  } finally {
    closeSync(fd);
  }
}
