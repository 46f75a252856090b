/** A JSON text as far as it could be read. */
export interface ReadJson {
  value: unknown;
  /** Set where the text breaks off or is no JSON: one clause. */
  problem?: string;
}

/** Integers beyond 2^53 have this many digits at least. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
/** Whether there may be one: most files have none, and are spared the rewriting. */
const MAY_BE_LONG = /[:[,\s]-?\d{16,}/;
/** One as the value of a field, where HNS has them all. A quote without a backslash before it never stands inside a string. */
const LONG_FIELD = /(?<!\\)":\s*(-?\d{16,})(?=[\s,}])/g;

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

/** Looks at every string only where that is needed: it takes ten times as long. */
function withLongAsText(text: string): string {
  if (!MAY_BE_LONG.test(text)) return text;
  const fields = text.replace(LONG_FIELD, '":"$1"');
  if (!MAY_BE_LONG.test(fields)) return fields;
  return fields.replace(LONG_INTEGER, token => (token.startsWith('"') ? token : `"${token}"`));
}

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
