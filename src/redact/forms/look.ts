import type {Edit} from '../edit.ts';

/** A place in a text that gave itself away, and what is known of the text around it. */
export interface Look {
  readonly text: string;
  /** The same text in small letters: of the same length. */
  readonly low: string;
  /** Where the mark stands that gave it away. */
  readonly at: number;
  /** Behind the mark. */
  readonly end: number;
  /** What stands before belongs to an edit already made. */
  readonly from: number;
  /** Whether a name that may be that of a secret counts as one. */
  readonly strict: boolean;
  /** The name that was looked at last in this text: it may hold several marks. */
  readonly seen: {start: number; end: number};
}

/** Judges one place; nothing where there is no secret. */
export type Form = (look: Look) => Edit | undefined;

/** How far a value without any end is followed; a secret longer than that does not stand on one line. */
export const MAX_VALUE = 1 << 16;

/** The last answer for each expression: a text that names thousands of values without an end is walked once. */
const ANSWERS = new Map<RegExp, {text: string; from: number; stop: number}>();

/** The next of some characters (a global expression of one class), or the end of the text or of what is looked at. */
export function until(text: string, from: number, stops: RegExp): number {
  const known = ANSWERS.get(stops);
  if (known && known.from <= from && from <= known.stop && known.text === text)
    return Math.min(known.stop, from + MAX_VALUE);
  stops.lastIndex = from;
  const stop = stops.exec(text)?.index ?? text.length;
  ANSWERS.set(stops, {text, from, stop});
  return Math.min(stop, from + MAX_VALUE);
}
