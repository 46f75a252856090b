/** Something that only a whole YAML parser should judge. */
class Unusual extends Error {
  override readonly name = 'Unusual';
}

/**
 * Reads YAML as Go's printers write Kubernetes objects (`kubectl -o yaml`, must-gather): block maps and lists, scalars on
 * one line or folded, `{}` and `[]`. That is many times as fast as a whole YAML parser. Answers undefined at the first
 * sign of anything else, be it legal or not, so that a whole parser has the say.
 */
export function parseGoYaml(text: string): {value: unknown} | undefined {
  // A lone CR ends a line, too, and a tab is white space in some places only; Go prints neither as it is.
  if (/\t|\r(?!\n)/.test(text)) return undefined;
  const parser = new GoYaml(text);
  try {
    return {value: parser.document()};
  } catch (error) {
    // Deep nesting ends the recursion; a whole parser reports that better.
    if (error instanceof Unusual || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A key at the start of a line, quoted without escapes or plain, and what follows its colon. */
const ENTRY = /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z_][^\s:]*(?::[^\s:]+)*)):(?: +(\S.*))?$/;
/** Plain keys and values that are no strings in YAML's core schema (https://yaml.org/spec/1.2.2/#103-core-schema). */
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['null', 'Null', 'NULL', '~'].map(text => [text, null] as const),
  ...['true', 'True', 'TRUE'].map(text => [text, true] as const),
  ...['false', 'False', 'FALSE'].map(text => [text, false] as const),
]);
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Hexadecimal and octal numbers, infinities: nothing that Go prints of an object. */
const ODD_NUMBER = /^(?:0[xo]|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$)/;
/** Characters that open something else than plain text. */
const INDICATOR = /^[-?:](?:\s|$)|^[[\]{},#&*!|>%@`"']/;

class GoYaml {
  readonly #lines: string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  document(): unknown {
    this.#skipBlank();
    if (this.#at === this.#lines.length) return null;
    const value = this.#block(this.#indent());
    this.#skipBlank();
    if (this.#at < this.#lines.length) throw new Unusual();
    return value;
  }

  /** The map or list whose first line is the current one. */
  #block(indent: number): unknown {
    return isItem(this.#text(indent)) ? this.#list(indent) : this.#map(indent);
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#isAt(indent) && isItem(this.#text(indent))) {
      const text = this.#text(indent);
      const rest = trimmed(text.slice(1));
      if (rest === '') {
        this.#at++;
        items.push(this.#below(indent));
      } else if (isItem(rest) || ENTRY.test(rest)) {
        const inner = indent + text.length - rest.length;
        this.#lines[this.#at] = ' '.repeat(inner) + rest;
        items.push(this.#block(inner));
      } else items.push(this.#scalar(rest, indent));
    }
    return items;
  }

  #map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let entries = 0;
    while (this.#isAt(indent) && !isItem(this.#text(indent))) {
      const match = ENTRY.exec(this.#text(indent));
      if (!match) throw new Unusual();
      const [, double, single, plain, rest] = match;
      const key = double ?? single ?? plain ?? '';
      if (plain !== undefined && CONSTANTS.has(plain)) throw new Unusual();
      entries++;
      let value: unknown;
      if (rest !== undefined) value = this.#scalar(rest, indent);
      else {
        this.#at++;
        value = this.#isAt(indent) && isItem(this.#text(indent)) ? this.#list(indent) : this.#below(indent);
      }
      Object.defineProperty(map, key, {value, writable: true, enumerable: true, configurable: true});
    }
    if (entries === 0) throw new Unusual();
    return map;
  }

  /** What stands deeper than `indent` from the current line on; null where nothing does. */
  #below(indent: number): unknown {
    this.#skipBlank();
    const deeper = this.#at < this.#lines.length ? this.#indent() : -1;
    if (deeper <= indent) return null;
    if (!isItem(this.#text(deeper)) && !ENTRY.test(this.#text(deeper))) throw new Unusual();
    return this.#block(deeper);
  }

  /** A scalar that starts on the current line and goes on on lines deeper than `indent`. */
  #scalar(first: string, indent: number): unknown {
    this.#at++;
    let text = trimmedEnd(first);
    let folded = false;
    while (this.#at < this.#lines.length && trimmed(this.#line()) !== '' && this.#indent() > indent) {
      if (text.endsWith('\\')) throw new Unusual();
      text += ` ${trimmed(this.#line())}`;
      folded = true;
      this.#at++;
    }
    if (text.startsWith('"')) return doubleQuoted(text);
    if (text.startsWith("'")) return singleQuoted(text);
    if (!folded && text === '{}') return {};
    if (!folded && text === '[]') return [];
    return plainValue(text);
  }

  #skipBlank(): void {
    while (this.#at < this.#lines.length && trimmed(this.#line()) === '') this.#at++;
  }

  #isAt(indent: number): boolean {
    this.#skipBlank();
    return this.#at < this.#lines.length && this.#indent() === indent;
  }

  #line(): string {
    const line = this.#lines[this.#at] ?? '';
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  #text(indent: number): string {
    return trimmedEnd(this.#line().slice(indent));
  }

  #indent(): number {
    const line = this.#line();
    let indent = 0;
    while (line.charCodeAt(indent) === 0x20) indent++;
    return indent;
  }
}

/** `trim` takes away many characters that are text in YAML; tabs have been ruled out before. */
function trimmed(text: string): string {
  let start = 0;
  while (text[start] === ' ') start++;
  return trimmedEnd(text.slice(start));
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end--;
  return text.slice(0, end);
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

function plainValue(text: string): unknown {
  if (INDICATOR.test(text) || text.includes(': ') || text.includes(' #') || text.endsWith(':'))
    throw new Unusual();
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  if (ODD_NUMBER.test(text)) throw new Unusual();
  return NUMBER.test(text) ? Number(text) : text;
}

/** Escapes that JSON has, too; others are left to a whole parser. */
function doubleQuoted(text: string): string {
  if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u[\dA-Fa-f]{4})*"$/.test(text)) throw new Unusual();
  try {
    return String(JSON.parse(text));
  } catch {
    throw new Unusual();
  }
}

function singleQuoted(text: string): string {
  if (!/^'(?:[^']|'')*'$/.test(text)) throw new Unusual();
  return text.slice(1, -1).replaceAll("''", "'");
}
