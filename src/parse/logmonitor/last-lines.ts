import type {LastLine} from '../../logs/summary.ts';
import type {FoundRecord} from '../../logs/to-record.ts';
import {messageText} from '../../logs/to-record.ts';
import {maskLine} from '../../redact/quoted.ts';

/** So many lines tell how a log ends. */
const LINES = 12;
/** So many errors are kept beside them: what went wrong may stand before many lines that say little. */
const ERRORS = 8;
/** Characters of a line: a stack trace is for `logs`. */
const MAX_MESSAGE = 300;

type Kept = Pick<FoundRecord, 'message' | 'isJson' | 'criTime' | 'time' | 'level' | 'source'> & {
  order: number;
};

/** Keeps the last lines of a log, and its last errors. */
export class LastLines {
  #lines: Kept[] = [];
  #errors: Kept[] = [];
  #order = 0;

  add({message, isJson, criTime, time, level, source}: FoundRecord): void {
    if (message === '') return;
    const line = {message, isJson, criTime, time, level, source, order: this.#order++};
    this.#lines = pushed(this.#lines, line, LINES);
    if (level === 'Error' || level === 'Critical') this.#errors = pushed(this.#errors, line, ERRORS);
  }

  /** What was kept, in its order. */
  all(): LastLine[] {
    return [...new Set([...this.#errors.slice(-ERRORS), ...this.#lines.slice(-LINES)])]
      .sort((a, b) => a.order - b.order)
      .map(({criTime, time, level, source, message, isJson}) => ({
        time: criTime ?? time,
        level,
        source,
        message: maskLine(messageText({message, isJson}).slice(0, MAX_MESSAGE)),
      }));
  }
}

function pushed(kept: Kept[], line: Kept, most: number): Kept[] {
  // In two halves, so that a line is not moved each time another comes.
  const room = kept.length < 2 * most ? kept : kept.slice(-most);
  room.push(line);
  return room;
}
