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

const MULTIPLIER = 0xcc9e2d51 | 0;
const OTHER_MULTIPLIER = 0x1b873593;

/**
 * Two hashes of time and content after the manner of MurmurHash3 (https://github.com/aappleby/smhasher), 53 bits of them in one
 * number: four bytes a step, as each line is hashed.
 */
export function hashOf({time, bytes}: TimedLine): number {
  const {length} = bytes;
  let low = length;
  let high = 0x9e3779b9 | 0;
  for (let i = 0; i < time.length; i++) {
    const code = time.charCodeAt(i);
    low = stepped(low, code, MULTIPLIER);
    high = stepped(high, code, OTHER_MULTIPLIER);
  }
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    // The indexes are within bounds.
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    low = stepped(low, word, MULTIPLIER);
    high = stepped(high, word, OTHER_MULTIPLIER);
  }
  for (let i = whole; i < length; i++) {
    low = stepped(low, bytes[i] as number, MULTIPLIER);
    high = stepped(high, bytes[i] as number, OTHER_MULTIPLIER);
  }
  return (mixed(low) >>> 0) + (mixed(high) & 0x1fffff) * 2 ** 32;
}

function stepped(hash: number, word: number, multiplier: number): number {
  const spread = Math.imul(word, multiplier);
  const met = hash ^ ((spread << 15) | (spread >>> 17));
  return (Math.imul((met << 13) | (met >>> 19), 5) + 0xe6546b64) | 0;
}

/** Lets each bit of a hash depend on all of it. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
