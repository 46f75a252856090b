import {momentOf} from './moment.ts';
import type {TimedLine} from './timed-lines.ts';

/** What a connection that was made anew has shown of the lines in between. */
export type Seam =
  /** Nothing was read before it, or no line has come yet. */
  | {state: 'open'}
  /** It begins with lines that are known: nothing is lost. */
  | {state: 'joined'}
  /** It begins with lines that are new, so lines between these two times may be lost: the log was rotated meanwhile. */
  | {state: 'gap'; from: string; to: string};

/**
 * Lines that are remembered, so that those that come again are known: at a thousand lines a second, of the last sixteen
 * seconds. The server can only be asked for whole seconds (metav1.Time), so up to a second of lines always comes again.
 */
const REMEMBERED = 16_384;

/**
 * Remembers where a log was left, so that reading it again from there shows every line once. Lines are known again by
 * their order, time and content, and not by their time alone: clocks go back, and lines share times.
 */
export class Resume {
  /** Hashes and times (milliseconds since 1970) of the last lines, as rings. */
  readonly #hashes = new Float64Array(REMEMBERED);
  readonly #times = new Float64Array(REMEMBERED);
  #count = 0;
  #last = '';
  /** How many of the lines in the ring the present connection has repeated or passed; all of them once it is past them. */
  #cursor = REMEMBERED;
  #catchingUp = false;
  #seam: Seam = {state: 'open'};
  /** Lines of before a restart, while the log of the new start is read from its beginning. */
  #before: ReadonlySet<number> | undefined;

  /** The `sinceTime` to ask for: the second of the last line. Undefined where none was read. */
  get since(): string | undefined {
    if (this.#last === '') return undefined;
    const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(this.#last)?.[0] ?? 'Z';
    return this.#last.slice(0, WHOLE_SECOND) + zone;
  }

  get seam(): Seam {
    return this.#seam;
  }

  /** States that what comes next is a new connection, which begins at `since`. */
  reconnected(): void {
    this.#seam = {state: 'open'};
    this.#catchingUp = this.#count > 0;
    this.#cursor = Math.max(0, this.#count - REMEMBERED);
    this.#before = undefined;
  }

  /**
   * States that what comes next is another log, read from its beginning: that of a container that was started anew. Some
   * of it may have been read, where the start was noticed late.
   */
  restarted(): void {
    this.#seam = {state: 'open'};
    this.#catchingUp = false;
    this.#last = '';
    this.#before = new Set(this.#hashes.subarray(0, Math.min(this.#count, REMEMBERED)));
  }

  /** Whether a line was read lately. */
  has(line: TimedLine): boolean {
    return this.#hashes.subarray(0, Math.min(this.#count, REMEMBERED)).includes(hashOf(line));
  }

  /** Whether a line is new. Each line is to be asked for once, in the order in which they come; a new one is remembered. */
  isNew(line: TimedLine): boolean {
    const hash = hashOf(line);
    const isNew = this.wouldBeNew(line, hash);
    if (isNew) this.remember(line, hash);
    return isNew;
  }

  /** The same without remembering it: `seam` then says whether lines before it may be lost. */
  wouldBeNew(line: TimedLine, hash: number): boolean {
    if (this.#before?.has(hash)) return false;
    return !this.#catchingUp || !this.#isKnown(line, hash);
  }

  /** Takes note that a line was shown. */
  remember(line: TimedLine, hash: number): void {
    const place = this.#count % REMEMBERED;
    this.#hashes[place] = hash;
    this.#times[place] = millisOf(line.time);
    this.#count++;
    if (line.time !== '') this.#last = line.time;
  }

  #isKnown({time}: TimedLine, hash: number): boolean {
    // What is older than all that is remembered was there before: read long ago, or left out as no part of the tail.
    const oldest = this.#times[this.#count < REMEMBERED ? 0 : this.#count % REMEMBERED] ?? 0;
    const at = millisOf(time);
    if (at < oldest) return true;
    for (let place = this.#cursor; place < this.#count; place++) {
      if (this.#hashes[place % REMEMBERED] !== hash) continue;
      this.#cursor = place + 1;
      this.#seam = {state: 'joined'};
      if (this.#cursor === this.#count) this.#catchingUp = false;
      return true;
    }
    if (at === oldest) return true;
    if (this.#seam.state === 'open') this.#seam = {state: 'gap', from: this.#last, to: time};
    this.#catchingUp = false;
    return false;
  }
}

/** Whole milliseconds since 1970; NaN for what is no time. */
function millisOf(time: string): number {
  return Math.floor(momentOf(time) ?? NaN);
}

/** Characters of `2026-09-01T12:00:00`. */
const WHOLE_SECOND = 19;

/** Two 32-bit FNV-1a hashes of time and content, 53 bits of them in one number. */
export function hashOf({time, bytes}: TimedLine): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < time.length; i++) {
    const code = time.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b);
  }
  return (low >>> 0) + (high & 0x1fffff) * 2 ** 32;
}
