import {cutTo} from '../src/report/columns.ts';
import type {Palette} from '../src/report/palette.ts';
import {ANSI, PLAIN} from '../src/report/palette.ts';
import {visible} from '../src/report/visible.ts';
import {LEVEL, step, tells} from './verbosity.ts';

/** Columns of a report where nobody says how wide the terminal is. */
const DEFAULT_WIDTH = 100;
/** Words for when to colour. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/** Wider lines are hard to read. */
const MAX_WIDTH = 120;

export type ColorChoice = (typeof COLOR_CHOICES)[number];

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

/** With `-v` a step is told so often at most. */
const STEP_MS = 500;

/** A line on a terminal that says what is being done and vanishes when it is done; silent everywhere else. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #minimumMs = 100;
  #last = 0;
  #told = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** Shows `text` in place of what stood there. Called often, it draws at most ten times a second. */
  show(text: string): void {
    const now = Date.now();
    if (tells(LEVEL.steps)) return this.#tell(text, now);
    if (!this.#stream.isTTY || now - this.#last < this.#minimumMs) return;
    this.#last = now;
    this.#stream.write(`\r\x1b[K${cutTo(visible(text), (this.#stream.columns || 80) - 1)}`);
  }

  /** Says something once, as a line of its own, where nothing is drawn: in the log of a pipeline. */
  say(text: string): void {
    if (!this.#stream.isTTY) this.#stream.write(`note: ${visible(text)}\n`);
  }

  /** With `-v`, as lines that stay. */
  #tell(text: string, now: number): void {
    if (now - this.#told < STEP_MS) return;
    this.#told = now;
    step(text);
  }

  clear(): void {
    if (this.#last > 0) this.#stream.write('\r\x1b[K');
    this.#last = 0;
  }
}
