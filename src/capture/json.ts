import {decodeUtf8} from './decode.ts';

/** What a scan finds, in the order of the file. */
export interface JsonSink {
  /** One element of an `items` list or of a list at the top, and what its list said of itself before it. */
  item(text: string, head: string): void;
  /** A value at the top; of an object with `items`, what stands around them, and of a list its brackets. */
  value(text: string): void;
  /** A place, in bytes, where there is no JSON, or where it breaks off. */
  gap(at: number): void;
}

/** So often a value that never closes is passed over: each time costs a look at all the rest. */
const MAX_UNCLOSED = 32;

/**
 * Takes JSON in UTF-8 apart without building it, nor a text of the whole: the items of Kubernetes lists one by one, so that
 * memory is needed for one item only, and so that a file that was cut gives all items that were whole. Several values may
 * follow one another; what stands between them is passed over up to the next line that opens a value.
 */
export function scanJson(json: Uint8Array, sink: JsonSink): void {
  let unclosed = 0;
  let at = skipSpace(json, 0);
  while (at < json.length) {
    const start = at;
    const char = json[at];
    const opens = char === OPEN_BRACE || char === OPEN_BRACKET;
    if (char === OPEN_BRACE) at = scanObject(json, at, sink);
    else if (char === OPEN_BRACKET) {
      at = scanItems(json, at, '', sink);
      if (at >= 0) sink.value('[]');
    }
    if (!opens || at < 0) {
      sink.gap(start);
      if (opens && ++unclosed > MAX_UNCLOSED) return;
      at = nextOpening(json, start + 1);
    }
    at = skipSpace(json, at);
    if (json[at] === COMMA) at = skipSpace(json, at + 1);
  }
}

/** Whether a file begins with a value that holds others. */
export function opensJson(file: Uint8Array): boolean {
  const char = file[skipSpace(file, 0)];
  return char === OPEN_BRACE || char === OPEN_BRACKET;
}

/** The next line that starts with a value; the end where there is none. */
function nextOpening(json: Uint8Array, from: number): number {
  let at = json.indexOf(LINE_FEED, from);
  while (at >= 0) {
    const char = json[at + 1];
    if (char === OPEN_BRACE || char === OPEN_BRACKET) return at + 1;
    at = json.indexOf(LINE_FEED, at + 1);
  }
  return json.length;
}

function scanObject(json: Uint8Array, start: number, sink: JsonSink): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const char = json[at];
    if (char === QUOTE) {
      const end = endOfString(json, at);
      if (end < 0) return -1;
      const list = depth === 1 && isItems(json, at, end) ? listAfter(json, end) : -1;
      if (list >= 0) return scanRest(json, {start, list}, sink);
      at = end;
      continue;
    }
    if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) {
        sink.value(decodeUtf8(json.subarray(start, at + 1)));
        return at + 1;
      }
    }
    at++;
  }
  return -1;
}

/** The items of a list and what follows them, up to the end of the object around. */
function scanRest(json: Uint8Array, {start, list}: {start: number; list: number}, sink: JsonSink): number {
  const before = decodeUtf8(json.subarray(start, list + 1));
  const end = scanItems(json, list, `${before}]}`, sink);
  if (end < 0) return -1;
  const close = endOfValue(json, end, 1);
  if (close < 0) return -1;
  sink.value(before + decodeUtf8(json.subarray(end - 1, close)));
  return close;
}

function scanItems(json: Uint8Array, start: number, head: string, sink: JsonSink): number {
  let at = skipSpace(json, start + 1);
  while (at < json.length) {
    const char = json[at];
    if (char === CLOSE_BRACKET) return at + 1;
    if (char === COMMA) {
      at = skipSpace(json, at + 1);
      continue;
    }
    const end = endOfValue(json, at, 0);
    if (end < 0) return -1;
    if (end === at) return -1;
    sink.item(decodeUtf8(json.subarray(at, end)), head);
    at = skipSpace(json, end);
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
const COLON = 0x3a;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
/** Stands for what comes after the last byte; no byte of UTF-8 has this value. */
const END = 0xff;

/** Where the value that starts at `from`, `depth` levels inside it, ends; -1 where the text ends first. */
function endOfValue(json: Uint8Array, from: number, depth: number): number {
  let at = from;
  while (at < json.length) {
    const char = json[at];
    if (char === QUOTE) {
      at = endOfString(json, at);
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
function endOfString(json: Uint8Array, at: number): number {
  for (let close = at + 1; close < json.length; close++) {
    const char = json[close];
    if (char === QUOTE) return close + 1;
    if (char === BACKSLASH) close++;
  }
  return -1;
}

const ITEMS = new TextEncoder().encode('items');

/** Whether a string, between its quotes, is `items`. */
function isItems(json: Uint8Array, start: number, end: number): boolean {
  return end - start === ITEMS.length + 2 && ITEMS.every((char, i) => json[start + 1 + i] === char);
}

/** Where the list opens that follows a key, or -1 where its value is no list. */
function listAfter(json: Uint8Array, keyEnd: number): number {
  const colon = skipSpace(json, keyEnd);
  if (json[colon] !== COLON) return -1;
  const value = skipSpace(json, colon + 1);
  return json[value] === OPEN_BRACKET ? value : -1;
}

/** The next place that holds more than space. */
function skipSpace(json: Uint8Array, from: number): number {
  let at = from;
  while ((json[at] ?? END) <= SPACE) at++;
  return at;
}
