/** What a scan finds, in the order of the text. */
export interface JsonSink {
  /** One element of an `items` list or of a list at the top, and what its list said of itself before it. */
  item(text: string, head: string): void;
  /** A value at the top; of an object with `items`, what stands around them, and of a list its brackets. */
  value(text: string): void;
  /** A place where there is no JSON, or where it breaks off. */
  gap(at: number): void;
}

/** So often a value that never closes is passed over: each time costs a look at all the rest. */
const MAX_UNCLOSED = 32;

/**
 * Takes JSON apart without building it: the items of Kubernetes lists one by one, so that memory is needed for one item
 * only, and so that a text that was cut gives all items that were whole. Several values may follow one another; what
 * stands between them is passed over up to the next line that opens a value.
 */
export function scanJson(text: string, sink: JsonSink): void {
  let unclosed = 0;
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const start = at;
    const char = text[at];
    const opens = char === '{' || char === '[';
    if (char === '{') at = scanObject(text, at, sink);
    else if (char === '[') {
      at = scanItems(text, at, '', sink);
      if (at >= 0) sink.value('[]');
    }
    if (!opens || at < 0) {
      sink.gap(start);
      if (opens && ++unclosed > MAX_UNCLOSED) return;
      at = nextOpening(text, start + 1);
    }
    at = skipSpace(text, at);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

/** The next line that starts with a value; the end where there is none. */
function nextOpening(text: string, from: number): number {
  let at = text.indexOf('\n', from);
  while (at >= 0) {
    const char = text[at + 1];
    if (char === '{' || char === '[') return at + 1;
    at = text.indexOf('\n', at + 1);
  }
  return text.length;
}

function scanObject(text: string, start: number, sink: JsonSink): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0) return -1;
      const list = depth === 1 && text.startsWith('"items"', at) ? listAfter(text, end) : -1;
      if (list >= 0) return scanRest(text, {start, list}, sink);
      at = end;
      continue;
    }
    if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) {
        sink.value(text.slice(start, at + 1));
        return at + 1;
      }
    }
    at++;
  }
  return -1;
}

/** The items of a list and what follows them, up to the end of the object around. */
function scanRest(text: string, {start, list}: {start: number; list: number}, sink: JsonSink): number {
  const before = text.slice(start, list + 1);
  const end = scanItems(text, list, `${before}]}`, sink);
  if (end < 0) return -1;
  const close = endOfValue(text, end, 1);
  if (close < 0) return -1;
  sink.value(`${before}${text.slice(end - 1, close)}`);
  return close;
}

function scanItems(text: string, start: number, head: string, sink: JsonSink): number {
  let at = skipSpace(text, start + 1);
  while (at < text.length) {
    const char = text[at];
    if (char === ']') return at + 1;
    if (char === ',') {
      at = skipSpace(text, at + 1);
      continue;
    }
    const end = endOfValue(text, at, 0);
    if (end < 0) return -1;
    if (end === at) return -1;
    sink.item(text.slice(at, end), head);
    at = skipSpace(text, end);
  }
  return -1;
}

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** Where the value that starts at `from`, `depth` levels inside it, ends; -1 where the text ends first. */
function endOfValue(text: string, from: number, depth: number): number {
  let at = from;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return -1;
      if (depth === 0) return at;
      continue;
    }
    if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && char === COMMA) return at;
    at++;
  }
  return -1;
}

/** The place after the string that opens at `at`; -1 where it does not close. */
function endOfString(text: string, at: number): number {
  let close = text.indexOf('"', at + 1);
  while (close >= 0) {
    let escapes = 0;
    while (text.charCodeAt(close - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return -1;
}

/** Where the list opens that follows a key, or -1 where its value is no list. */
function listAfter(text: string, keyEnd: number): number {
  const colon = skipSpace(text, keyEnd);
  if (text[colon] !== ':') return -1;
  const value = skipSpace(text, colon + 1);
  return text[value] === '[' ? value : -1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}
