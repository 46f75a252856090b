import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {levelOf} from './levels.ts';

const TAB = 0x09;
const SPACE = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const COLON = 0x3a;
const LETTER_Z = 0x5a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BAR = 0x7c;
/** The longest word that is a level, `informational`. */
const MAX_WORD = 13;
/** A thread's or a context's name in brackets. */
const MAX_BRACKET = 40;
/** Length of `2024-03-05 09:10:11`. */
export const STAMP = 19;
const MAX_FRACTION = 9;

/** Whether the digits of what has the shape of a time are those of one. */
export function isStamp(line: ByteString, at = 0): boolean {
  return isDate(line, at) && isClock(line, at + 11);
}

/**
 * Where a time without a zone ends that stands at a place, the start of a line: `2024-03-05 09:10:11`, with `,123` or `.1234567`; else -1. It goes by the
 * signs between the digits: whether these are a time's, `isStamp` says.
 */
export function stampEnd(line: ByteString, at = 0): number {
  if (
    line.charCodeAt(at + 4) !== MINUS ||
    line.charCodeAt(at + 7) !== MINUS ||
    line.charCodeAt(at + 10) !== SPACE ||
    line.charCodeAt(at + 13) !== COLON ||
    line.charCodeAt(at + 16) !== COLON
  )
    return -1;
  let end = at + STAMP;
  const code = line.charCodeAt(end);
  if (code === COMMA || code === DOT) {
    end++;
    while (isDigit(line.charCodeAt(end))) end++;
    const digits = end - at - STAMP - 1;
    if (digits === 0 || digits > MAX_FRACTION) return -1;
  }
  const after = line.charCodeAt(end);
  const zone = after === SPACE ? line.charCodeAt(end + 1) : after;
  return zone === PLUS || zone === MINUS || zone === LETTER_Z ? -1 : end;
}

/** The time that `stampEnd` found, as RFC 3339 in UTC. */
export function stampTime(line: ByteString, end: number): string {
  const seconds = `${line.slice(0, 10)}T${line.slice(11, STAMP)}`;
  return end === STAMP ? `${seconds}Z` : `${seconds}.${line.slice(STAMP + 1, end)}Z`;
}

/** Whether a text starts with a year, a month and a day that there can be; what stands between them is not looked at. */
export function isDate(text: string, at = 0): boolean {
  const month = two(text, at + 5);
  const day = two(text, at + 8);
  return two(text, at) >= 0 && two(text, at + 2) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Whether an hour, a minute and a second that there can be stand at a place. */
export function isClock(text: string, at: number): boolean {
  const hour = two(text, at);
  const minute = two(text, at + 3);
  const second = two(text, at + 6);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
}

/** The number that two digits make; negative where they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - DIGIT_0;
  const ones = text.charCodeAt(at + 1) - DIGIT_0;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

export function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_0 + 9;
}

/**
 * The level that follows a time, as log4net, NLog and Serilog write it: after blanks and bars, a thread in brackets or as
 * a number, perhaps in brackets itself. `to`: where the line ends, at the end of the text or before a quote.
 */
export function levelAfter(line: ByteString, from: number, to = line.length): LogLevel | null {
  let at = line.charCodeAt(from) === CLOSE_BRACKET ? from + 1 : from;
  while ((kinds[line.charCodeAt(at)] ?? 0) & LEAD) at++;
  const first = line.charCodeAt(at);
  if (first === OPEN_BRACKET) {
    const level = wordAt(line, at + 1);
    if (level) return level;
    const close = line.indexOf(']', at);
    if (close < 0 || close >= to || close - at > MAX_BRACKET + 1) return null;
    at = close + 1;
  } else if (isDigit(first) || (first === OPEN && isDigit(line.charCodeAt(at + 1)))) {
    at++;
    while ((kinds[line.charCodeAt(at)] ?? 0) & DIGIT) at++;
    if (line.charCodeAt(at) === CLOSE) at++;
    // An address or a fraction: no thread, and no level behind it.
    if (!((kinds[line.charCodeAt(at)] ?? 0) & GAP)) return null;
  }
  while ((kinds[line.charCodeAt(at)] ?? 0) & GAP) at++;
  const code = line.charCodeAt(at);
  return wordAt(line, code === OPEN_BRACKET || code === OPEN ? at + 1 : at);
}

/** The level that the word at a place means. */
function wordAt(line: ByteString, from: number): LogLevel | null {
  let end = from;
  while (end - from <= MAX_WORD && (kinds[line.charCodeAt(end)] ?? 0) & LETTER) end++;
  if (end - from < 3 || end - from > MAX_WORD || isDigit(line.charCodeAt(end))) return null;
  return levelOf(line.slice(from, end)) ?? null;
}

/** What a character can be: a table spares calls, which cost most before the engine has compiled them. */
const GAP = 1;
const DIGIT = 2;
const LETTER = 4;
/** What stands between a time and what follows it. */
const LEAD = 8;
const kinds = Uint8Array.from({length: 256}, (_, code) => {
  if (code === SPACE || code === TAB || code === BAR) return GAP | LEAD;
  if (code === COLON || code === MINUS) return LEAD;
  if (isDigit(code)) return DIGIT;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? LETTER : 0;
});
