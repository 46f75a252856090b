import {REDACTED} from '../arguments.ts';
import {announcesSecret, isSecretPlace, redactShapes, redactValue} from './secret-values.ts';

/**
 * Blanks the secrets of a TOML text and leaves everything else as it stands, so that lines keep their numbers and the
 * text stays valid, or stays invalid where it was (https://toml.io/en/v1.0.0). A line that is no TOML is kept only as far
 * as nothing in it looks like a secret.
 */
export function redactToml(text: string): string {
  const scanner = new TomlRedactor(text);
  return scanner.run();
}

const SPACE = /[ \t]*/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const SCALAR = /[^\s,\]}#]+/y;
const REST_OF_LINE = /[^\n]*/y;
const BLANKS = /[ \t\r\n]*/y;

/** Lists and tables in one another: containerd's own go to five. What is deeper is blanked to the end of its line. */
const MAX_DEPTH = 100;

class TomlRedactor {
  readonly #text: string;
  #at = 0;
  #out = '';
  #table: string[] = [];
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    while (this.#at < this.#text.length) {
      this.#copy(BLANKS);
      const char = this.#text[this.#at];
      if (char === undefined) break;
      if (char === '#') this.#comment();
      else if (char === '[') this.#header();
      else this.#setting(this.#table);
    }
    return this.#out;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #copy(pattern: RegExp): string {
    const found = this.#take(pattern);
    this.#out += found;
    return found;
  }

  #comment(): void {
    const comment = this.#take(REST_OF_LINE);
    // What was commented out may be an old credential, in any table.
    const named = /^[#\s]*([\w."'-]+)\s*=/.exec(comment)?.[1]?.split('.') ?? [];
    const isSecret = isSecretPlace([...this.#table, ...named]) && /[^#\s]/.test(comment);
    this.#out += isSecret ? `# ${REDACTED}` : redactShapes(comment);
  }

  /** `[a.b]` or `[[a.b]]`. */
  #header(): void {
    this.#out += this.#take(/\[+/y);
    const keys = this.#keys();
    if (keys) this.#table = keys;
    this.#copy(/\]*[ \t]*/y);
    if (this.#text[this.#at] === '#') this.#comment();
    else this.#garbage(this.#out.length);
  }

  /** What is left of a line; where it may be a secret, it is blanked from `start` of what was written. */
  #garbage(start: number): void {
    const rest = this.#take(REST_OF_LINE);
    if (isSecretPlace(this.#table) && /[^\s\]#]/.test(this.#out.slice(start) + rest)) {
      this.#out = `${this.#out.slice(0, start)}]${REDACTED}`;
    } else this.#out += redactShapes(rest);
  }

  /** A dotted key with quoted parts, written out as it is; nothing where there is none. */
  #keys(): string[] | undefined {
    const keys: string[] = [];
    for (;;) {
      this.#copy(SPACE);
      const quote = this.#text[this.#at];
      const key =
        quote === '"' || quote === "'" ? this.#copy(quoted(quote)).slice(1, -1) : this.#copy(BARE_KEY);
      if (key === '') return keys.length > 0 ? keys : undefined;
      keys.push(key);
      this.#copy(SPACE);
      if (this.#text[this.#at] !== '.') return keys;
      this.#copy(/\./y);
    }
  }

  #setting(table: readonly string[]): void {
    const start = this.#out.length;
    const keys = this.#keys();
    if (!keys || this.#text[this.#at] !== '=') {
      this.#garbage(start);
      return;
    }
    this.#copy(/=/y);
    this.#value([...table, ...keys], '');
    this.#copy(SPACE);
  }

  /** One value; answers the text of a string, for what follows it in a list. */
  #value(path: readonly string[], previous: string): string {
    this.#copy(SPACE);
    const char = this.#text[this.#at];
    if (char === '"' || char === "'") return this.#string(path, char, previous);
    if (char === '[' || char === '{') this.#nested(path, char);
    else if (char !== undefined && char !== '\n' && char !== '#') {
      const scalar = this.#take(SCALAR);
      this.#out += isSecretPlace(path) ? `"${REDACTED}"` : redactShapes(scalar);
      if (scalar === '') this.#copy(/./y);
    }
    return '';
  }

  #nested(path: readonly string[], char: '[' | '{'): void {
    if (this.#depth >= MAX_DEPTH) {
      this.#take(REST_OF_LINE);
      this.#out += `"${REDACTED}"`;
      return;
    }
    this.#depth++;
    if (char === '[') this.#list(path);
    else this.#inlineTable(path);
    this.#depth--;
  }

  #string(path: readonly string[], quote: '"' | "'", previous: string): string {
    const isLong = this.#text.startsWith(quote.repeat(3), this.#at);
    const raw = this.#take(isLong ? longQuoted(quote) : quoted(quote));
    const width = isLong ? 3 : 1;
    const closes = raw.length >= 2 * width && raw.endsWith(quote.repeat(width));
    const written = raw.slice(width, closes ? -width : undefined);
    // Escapes hide quotes and marks; a text that is none in JSON stands for itself.
    const decoded = quote === '"' && !isLong && closes ? unescaped(raw) : undefined;
    const value = decoded ?? written;
    const safe = announcesSecret(previous) ? REDACTED : redactValue(path, value);
    const redacted =
      safe === value ? written : decoded === undefined ? withLinesOf(value, safe) : escaped(safe);
    this.#out += `${quote.repeat(width)}${redacted}${closes ? quote.repeat(width) : ''}`;
    return value;
  }

  #list(path: readonly string[]): void {
    this.#copy(/\[/y);
    let previous = '';
    for (;;) {
      this.#copy(/[\s,]*/y);
      const char = this.#text[this.#at];
      if (char === undefined) return;
      if (char === '#') {
        this.#comment();
        continue;
      }
      if (char === ']') {
        this.#copy(/\]/y);
        return;
      }
      const before = this.#at;
      previous = this.#value(path, previous);
      if (this.#at === before) this.#copy(/[^]/y);
    }
  }

  #inlineTable(path: readonly string[]): void {
    this.#copy(/\{/y);
    for (;;) {
      this.#copy(/[\s,]*/y);
      const char = this.#text[this.#at];
      if (char === undefined) return;
      if (char === '}') {
        this.#copy(/\}/y);
        return;
      }
      if (char === '#') {
        this.#comment();
        continue;
      }
      const before = this.#at;
      this.#setting(path);
      if (this.#at === before) this.#copy(/[^]/y);
    }
  }
}

/** The text of a string of one line, where its escapes are those that JSON has, too. */
function unescaped(raw: string): string | undefined {
  try {
    const text: unknown = JSON.parse(raw);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A text between quotes; of what JSON leaves as it is, TOML wants one more sign escaped. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\u007f', String.raw`\u007f`);
}

/** Gives a value the number of lines that it had. */
function withLinesOf(before: string, after: string): string {
  const lost = before.split('\n').length - after.split('\n').length;
  return after + '\n'.repeat(Math.max(0, lost));
}

/** A string of one line; one that does not close ends with its line. */
function quoted(quote: '"' | "'"): RegExp {
  return quote === '"' ? /"(?:\\.|[^"\\\n])*(?:"|(?=\n)|$)/y : /'[^'\n]*(?:'|(?=\n)|$)/y;
}

/** A string of many lines; one that does not close is the rest of the text. */
function longQuoted(quote: '"' | "'"): RegExp {
  return quote === '"' ? /"""(?:\\[^]|(?!""")[^])*(?:"{3,5}|$)/y : /'''(?:(?!''')[^])*(?:'{3,5}|$)/y;
}
