import type {TextCut} from './text.ts';

/** A value as `Format-List` prints it. */
export interface PrintedValue {
  readonly value: unknown;
  readonly cuts: readonly Omit<TextCut, 'line'>[];
}

/** What PowerShell prints of a list inside of an object. */
const LIST_TYPE = /^System\.(?:Object\[\]|Collections\.[\w.]+(?:`\d\[.*\])?|String\[\])$/;
/** What it prints after the fourth item (`$FormatEnumerationLimit`). */
const MORE = /^(?:\.\.\.|…)$/;

/** Levels that are read: PowerShell itself prints two. */
const MAX_LEVELS = 16;

/**
 * Reads a value of `Format-List`: `@{Name=Value; …}`, `{item, item}`, true, false, numbers, texts. Integers beyond 2^53 stay
 * texts. What is open at the end of the text is read as far as it goes, and named.
 */
export function readPrinted(text: string, field: string): PrintedValue {
  const cuts: Omit<TextCut, 'line'>[] = [];
  const reader = new Reader(text, cuts);
  const value = reader.value(field, '', 0);
  return {value, cuts};
}

class Reader {
  readonly #text: string;
  readonly #cuts: Omit<TextCut, 'line'>[];
  #at = 0;

  constructor(text: string, cuts: Omit<TextCut, 'line'>[]) {
    this.#text = text;
    this.#cuts = cuts;
  }

  /** `ends`: characters that end a text at this place; none at the outermost level, where all of it is one value. */
  value(field: string, ends: string, level: number): unknown {
    this.#blanks();
    if (level < MAX_LEVELS && this.#text.startsWith('@{', this.#at)) return this.#object(field, level);
    if (level < MAX_LEVELS && this.#text[this.#at] === '{') return this.#list(field, level);
    return this.#scalar(field, ends);
  }

  #object(field: string, level: number): Record<string, unknown> {
    this.#at += 2;
    const entries: [string, unknown][] = [];
    for (;;) {
      this.#blanks();
      if (this.#closes(field)) return Object.fromEntries(entries);
      const equals = this.#indexOf('=;}');
      const name = this.#text.slice(this.#at, equals).trim();
      const has = this.#text[equals] === '=';
      this.#at = has ? equals + 1 : equals;
      if (!has && equals >= this.#text.length) this.#cuts.push({why: 'ended', field: `${field}/${name}`});
      entries.push([name, has ? this.value(`${field}/${name}`, ';}', level + 1) : '']);
      this.#blanks();
      if (this.#text[this.#at] === ';') this.#at++;
    }
  }

  #list(field: string, level: number): unknown[] {
    this.#at++;
    const items: unknown[] = [];
    for (;;) {
      this.#blanks();
      if (this.#closes(field)) return items;
      const item = this.value(`${field}/${items.length}`, ',}', level + 1);
      const more = typeof item === 'string' ? /^(.*?)(\.\.\.|…)$/s.exec(item) : null;
      if (typeof item === 'string' && MORE.test(item)) this.#cuts.push({why: 'list', field});
      else if (more && this.#text[this.#at] === '}') {
        items.push(more[1]);
        this.#cuts.push({why: 'list', field});
      } else items.push(item);
      this.#blanks();
      if (this.#text[this.#at] === ',') this.#at++;
      // `{@{…}...}`: dots behind the last object.
      const dots = /^(?:\.\.\.|…)/.exec(this.#text.slice(this.#at, this.#at + 3));
      if (dots) {
        this.#at += dots[0].length;
        this.#cuts.push({why: 'list', field});
      }
    }
  }

  #scalar(field: string, ends: string): unknown {
    const end = ends === '' ? this.#text.length : this.#indexOf(ends);
    const text = this.#text.slice(this.#at, end).trim();
    // Something else than what ends here would be read for ever.
    this.#at = Math.max(end, this.#at);
    if (LIST_TYPE.test(text)) {
      this.#cuts.push({why: 'nested', field});
      return undefined;
    }
    if (text === 'True' || text === 'False') return text === 'True';
    const number = /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
    return number !== undefined && Number.isSafeInteger(number) && String(number) === text ? number : text;
  }

  /** Whether the braces close here, or the text ends. */
  #closes(field: string): boolean {
    if (this.#at >= this.#text.length) {
      this.#cuts.push({why: 'ended', field});
      return true;
    }
    if (this.#text[this.#at] !== '}') return false;
    this.#at++;
    return true;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #indexOf(any: string): number {
    let at = this.#at;
    while (at < this.#text.length && !any.includes(this.#text[at] ?? '')) at++;
    return at;
  }
}
