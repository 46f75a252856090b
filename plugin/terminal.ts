import {cutTo} from '../src/report/columns.ts';
import type {Palette} from '../src/report/palette.ts';
import {ANSI, PLAIN} from '../src/report/palette.ts';
import {visible} from '../src/report/visible.ts';

/** Columns of a report where nobody says how wide the terminal is. */
const DEFAULT_WIDTH = 100;
/** Wider lines are hard to read. */
const MAX_WIDTH = 120;

export type ColorChoice = 'auto' | 'always' | 'never';

/** Colours for a stream: as asked, else where it is a terminal and `NO_COLOR` (https://no-color.org) is not set. */
export function paletteFor(stream: NodeJS.WriteStream, choice: ColorChoice): Palette {
  if (choice === 'always') return ANSI;
  if (choice === 'never' || !stream.isTTY) return PLAIN;
  return process.env['NO_COLOR'] || process.env['TERM'] === 'dumb' ? PLAIN : ANSI;
}

/** Width to lay a report out in. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return Math.min(stream.columns || DEFAULT_WIDTH, MAX_WIDTH);
}

/** A line on a terminal that says what is being done and vanishes when it is done; silent everywhere else. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #minimumMs = 100;
  #last = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** Shows `text` in place of what stood there. Called often, it draws at most ten times a second. */
  show(text: string): void {
    const now = Date.now();
    if (!this.#stream.isTTY || now - this.#last < this.#minimumMs) return;
    this.#last = now;
    this.#stream.write(`\r\x1b[K${cutTo(visible(text), (this.#stream.columns || 80) - 1)}`);
  }

  /** Says something once, as a line of its own, where nothing is drawn: in the log of a pipeline. */
  say(text: string): void {
    if (!this.#stream.isTTY) this.#stream.write(`note: ${visible(text)}\n`);
  }

  clear(): void {
    if (this.#last > 0) this.#stream.write('\r\x1b[K');
    this.#last = 0;
  }
}
