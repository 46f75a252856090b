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
export function isStamp(line: ByteString): boolean {
  return isDate(line) && isClock(line, 11);
}

/**
 * Where a time without a zone ends that a line starts with: `2024-03-05 09:10:11`, with `,123` or `.1234567`; else -1. It goes by the
 * signs between the digits: whether these are a time's, `isStamp` says.
 */
export function stampEnd(line: ByteString): number {
  if (
    line.charCodeAt(4) !== MINUS ||
    line.charCodeAt(7) !== MINUS ||
    line.charCodeAt(10) !== SPACE ||
    line.charCodeAt(13) !== COLON ||
    line.charCodeAt(16) !== COLON
  )
    return -1;
  let end = STAMP;
  const code = line.charCodeAt(end);
  if (code === COMMA || code === DOT) {
    end++;
    while (isDigit(line.charCodeAt(end))) end++;
    if (end === STAMP + 1 || end > STAMP + 1 + MAX_FRACTION) return -1;
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
export function isDate(text: string): boolean {
  const month = two(text, 5);
  const day = two(text, 8);
  return two(text, 0) >= 0 && two(text, 2) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
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
 * a number, perhaps in brackets itself.
 */
export function levelAfter(line: ByteString, from: number): LogLevel | null {
  let at = line.charCodeAt(from) === CLOSE_BRACKET ? from + 1 : from;
  for (
    let code = line.charCodeAt(at);
    isGap(code) || code === COLON || code === MINUS;
    code = line.charCodeAt(at)
  )
    at++;
  const first = line.charCodeAt(at);
  if (first === OPEN_BRACKET) {
    const level = wordAt(line, at + 1);
    if (level) return level;
    const close = line.indexOf(']', at);
    if (close < 0 || close - at > MAX_BRACKET + 1) return null;
    at = pastGap(line, close + 1);
  } else if (isDigit(first) || (first === OPEN && isDigit(line.charCodeAt(at + 1)))) {
    at++;
    while (isDigit(line.charCodeAt(at))) at++;
    if (line.charCodeAt(at) === CLOSE) at++;
    // An address or a fraction: no thread, and no level behind it.
    if (!isGap(line.charCodeAt(at))) return null;
    at = pastGap(line, at);
  }
  const code = line.charCodeAt(at);
  return wordAt(line, code === OPEN_BRACKET || code === OPEN ? at + 1 : at);
}

function pastGap(line: ByteString, from: number): number {
  let at = from;
  while (isGap(line.charCodeAt(at))) at++;
  return at;
}

function isGap(code: number): boolean {
  return code === SPACE || code === TAB || code === BAR;
}

/** The level that the word at a place means. */
function wordAt(line: ByteString, from: number): LogLevel | null {
  let end = from;
  while (end - from <= MAX_WORD && isLetter(line.charCodeAt(end))) end++;
  if (end - from < 3 || end - from > MAX_WORD || isDigit(line.charCodeAt(end))) return null;
  return levelOf(line.slice(from, end)) ?? null;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
