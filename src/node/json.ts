/** A JSON text as far as it could be read. */
export interface ReadJson {
  value: unknown;
  /** Set where the text breaks off or is no JSON: one clause. */
  problem?: string;
}

/** Integers beyond 2^53 have this many digits at least. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
/** One outside of strings, or what looks like it inside of one. */
const LOOKS_LONG = /[:[,\s]-?\d{16,}(?![\d.eE])/g;

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
  for (const {0: found, index} of text.matchAll(LOOKS_LONG)) {
    if (!isValueOfField(text, index)) {
      return text.replace(LONG_INTEGER, token => (token.startsWith('"') ? token : `"${token}"`));
    }
    made += `${text.slice(from, index + 1)}"${found.slice(1)}"`;
    from = index + found.length;
  }
  return from === 0 ? text : made + text.slice(from);
}

/** Whether what stands after `at` is a field's value: a quote without a backslash before it never stands inside a string. */
function isValueOfField(text: string, at: number): boolean {
  let colon = at;
  while (text.charCodeAt(colon) <= SPACE) colon--;
  return text[colon] === ':' && text[colon - 1] === '"' && text[colon - 2] !== '\\';
}

const SPACE = ' '.charCodeAt(0);

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
