/** A JSON text as far as it could be read. */
export interface ReadJson {
  value: unknown;
  /** Set where the text breaks off or is no JSON: one clause. */
  problem?: string;
}

/** Integers beyond 2^53 have this many digits at least. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;
const LONG = 16;
/** What stands before one, or looks like it inside of a string; and what after digits that are part of another number. */
const BEFORE = /[:[,\s]/;
const AFTER = /[.eE]/;
const NAME = /\w/;

/**
 * Parses JSON of a node: a byte order mark is passed over, integers beyond 2^53 become strings, and a text that was cut gives
 * all values that were whole (CONTRACT §4.2).
 */
export function readJson(text: string): ReadJson {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const whole = withLongAsText(bare);
  try {
    return {value: JSON.parse(whole)};
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const rest = closed(whole);
    if (rest === undefined) return {value: undefined, problem};
    try {
      return {value: JSON.parse(rest), problem: 'it breaks off'};
    } catch {
      return {value: undefined, problem};
    }
  }
}

/** Values of fields are found in one pass; only where a long integer stands elsewhere is every string looked at, ten times as long. */
function withLongAsText(text: string): string {
  let made = '';
  let from = 0;
  // Among so many digits one stands at a multiple of their number, so that only those places need be looked at.
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let begin = at;
    while (isDigit(text.charCodeAt(begin - 1))) begin--;
    let end = at + 1;
    while (isDigit(text.charCodeAt(end))) end++;
    if (end - begin < LONG) continue;
    at += Math.floor((end - at) / LONG) * LONG;
    if (text[begin - 1] === '-') begin--;
    if (!BEFORE.test(text[begin - 1] ?? '') || AFTER.test(text[end] ?? '')) continue;
    if (!isValueOfField(text, begin - 1)) {
      return text.replace(LONG_INTEGER, token => (token.startsWith('"') ? token : `"${token}"`));
    }
    made += `${text.slice(from, begin)}"${text.slice(begin, end)}"`;
    from = end;
  }
  return from === 0 ? text : made + text.slice(from);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Whether what stands after `at` is a field's value: of quotes only one that closes a string stands behind a letter or digit. */
function isValueOfField(text: string, at: number): boolean {
  let colon = at;
  while (text.charCodeAt(colon) <= SPACE) colon--;
  return text[colon] === ':' && text[colon - 1] === '"' && NAME.test(text[colon - 2] ?? '');
}

const SPACE = ' '.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);

/** A text that breaks off, cut after its last whole value and closed; undefined where it does not open anything. */
function closed(text: string): string | undefined {
  const open: string[] = [];
  let cut = 0;
  let closers = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      if (at < 0) break;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      // An object or list may break off before its first value.
      [cut, closers] = [at + 1, open.toReversed().join('')];
    } else if (char === '}' || char === ']') {
      if (open.pop() !== char) return undefined;
      [cut, closers] = [at + 1, open.toReversed().join('')];
    } else if (char === ',') [cut, closers] = [at, open.toReversed().join('')];
  }
  return cut === 0 ? undefined : text.slice(0, cut) + closers;
}

/** The closing quote of the string that opens at `from`; -1 where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}
