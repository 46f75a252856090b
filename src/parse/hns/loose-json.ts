import type {TextCut} from './text.ts';

/** A cut by its place in the text. */
export interface LooseCut extends Omit<TextCut, 'line'> {
  readonly at: number;
}

/** A JSON value, and where it ended. */
export interface LooseJson {
  readonly value: unknown;
  readonly end: number;
  readonly cuts: readonly LooseCut[];
  /** Where each object began. */
  readonly starts: ReadonlyMap<object, number>;
}

/** Values deeper than this are no answers of HNS. */
const MAX_LEVELS = 64;
const BLANK = /[\s\u00A0\uFEFF\u200B]/;
const ELLIPSIS = /^(?:\.\.\.|…)/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON as people paste it: dots or remarks in place of lines that somebody took out, no-break spaces, commas too many, an end
 * before the end. What is no JSON is passed over to the end of its line and named. Integers beyond 2^53 become texts.
 */
export function readLooseJson(text: string, from: number, inside: boolean): LooseJson {
  const reader = new Reader(text, from);
  const value = inside ? reader.members('', 0, from) : reader.value('', 0);
  return {value, end: reader.at, cuts: reader.cuts, starts: reader.starts};
}

class Reader {
  readonly cuts: LooseCut[] = [];
  readonly starts = new Map<object, number>();
  at: number;
  readonly #text: string;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  value(field: string, level: number): unknown {
    this.#blanks();
    const char = this.#text[this.at];
    if (level < MAX_LEVELS && char === '{') return this.members(field, level, this.at++);
    if (level < MAX_LEVELS && char === '[') return this.#items(field, level);
    if (char === '"') return this.#string(field);
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      const value = Number(number);
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? number : value;
    }
    const word = this.#match(WORD);
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    this.#skip(field);
    return undefined;
  }

  /** Members of an object whose bracket has been read. */
  members(field: string, level: number, start: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (!this.#closes('}', field)) {
      if (this.#text[this.at] !== '"') {
        this.#skip(field);
        continue;
      }
      const name = this.#string(field);
      if (name === undefined) continue;
      const of = field === '' ? name : `${field}/${name}`;
      this.#blanks();
      if (this.#text[this.at] !== ':') {
        this.cuts.push({at: this.at, why: 'elided', field: of, text: name});
        continue;
      }
      this.at++;
      entries.push([name, this.value(of, level + 1)]);
    }
    const object = Object.fromEntries(entries);
    this.starts.set(object, start);
    return object;
  }

  #items(field: string, level: number): unknown[] {
    this.at++;
    const items: unknown[] = [];
    while (!this.#closes(']', field)) {
      const before = this.cuts.length;
      const item = this.value(field === '' ? String(items.length) : `${field}/${items.length}`, level + 1);
      if (item !== undefined || this.cuts.length === before) items.push(item);
    }
    return items;
  }

  /** Whether a bracket closes here or the text ends; passes over commas. */
  #closes(bracket: string, field: string): boolean {
    this.#blanks();
    while (this.#text[this.at] === ',') {
      this.at++;
      this.#blanks();
    }
    if (this.at >= this.#text.length) {
      this.cuts.push({at: this.at, why: 'ended', field});
      return true;
    }
    if (this.#text[this.at] !== bracket) return false;
    this.at++;
    return true;
  }

  /** Undefined where the text ends inside of it. */
  #string(field: string): string | undefined {
    const start = this.at++;
    for (; this.at < this.#text.length; this.at++) {
      const char = this.#text[this.at];
      if (char === '\\') this.at++;
      else if (char === '"') {
        this.at++;
        return unquoted(this.#text.slice(start, this.at));
      }
    }
    this.at = this.#text.length;
    this.cuts.push({at: start, why: 'ended', field, text: this.#text.slice(start)});
    return undefined;
  }

  /** Passes over what is no JSON, to the end of its line. */
  #skip(field: string): void {
    const start = this.at;
    const end = this.#text.indexOf('\n', start);
    this.at = end < 0 ? this.#text.length : end;
    const text = this.#text.slice(start, this.at).trim();
    const dots = ELLIPSIS.test(text) && text.replace(ELLIPSIS, '') === '';
    this.cuts.push({at: start, why: 'elided', field, ...(!dots && {text})});
  }

  #blanks(): void {
    while (this.at < this.#text.length && BLANK.test(this.#text[this.at] ?? '')) this.at++;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

/** A string with its quotes; one with a wrong escape, or with a line break in it, is taken as it stands. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
