import type {Counts} from '../edit.ts';

/** Where a text of a structured file stands. */
export interface Place {
  /** Names from the outermost to the text's own. */
  readonly path: readonly string[];
  /** What a pair calls it: `name` beside `value`, `key` beside `value`. */
  readonly label?: string | undefined;
  /** The item before it in a list. */
  readonly previous?: string | undefined;
}

/** What the redaction of a structured file calls for each of its texts. */
export interface Context {
  readonly counts: Counts;
  /** Redacts a text by its place and by what it holds. */
  readonly text: (value: string, place: Place) => string;
  /** Redacts a text of which it is known that it holds nothing: its place alone decides. */
  readonly placed: (value: string, place: Place) => string;
}
