import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import type {FoundRecord} from '../../logs/to-record.ts';
import {NextChar} from '../../text/next-char.ts';
import {levelOf} from './levels.ts';
import {STAMP, isClock, isDate, isStamp, levelAfter, stampEnd} from './stamp.ts';
import type {W3cColumns} from './w3c.ts';
import {W3cFields} from './w3c.ts';

/** Time and level of a line, where it shows them. */
export interface Recognized {
  /** RFC 3339. A time without a zone is taken for UTC, which Windows containers have unless somebody changed it. */
  time: string | null;
  /** Where the time ends, where `stampTime` makes it of the line's beginning; `time` is null then. 0 where it does not. */
  stamp: number;
  level: LogLevel | null;
}

/** A message, and where it stands in what it was read from. */
type Message = Pick<FoundRecord, 'raw' | 'message' | 'messageAt' | 'file'>;

const HASH = 0x23;
const BACKSLASH = 0x5c;
/** Length of `info: `. */
const CONSOLE_HEAD = 6;
const OPEN_BRACKET = 0x5b;
const BRACE = 0x7b;
const COLON = 0x3a;
const SPACE = 0x20;
const BACKSLASH_OR_QUOTE = /[\\"]/;

/** `2024-03-05 09:10:11`, `2024-03-05T09:10:11,123`, `2024/03/05 09:10:11.1234567 +00:00`. */
const DATE_TIME =
  /\[?(\d{4})([-/])(\d\d)\2(\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?( ?Z| ?[+-]\d\d:?\d\d)?/y;
/** .NET's console: `info: Category[0]` (https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter). */
const CONSOLE: ReadonlyMap<string, LogLevel | null> = new Map(
  ['trce', 'dbug', 'info', 'warn', 'fail', 'crit'].map(word => [word, levelOf(word) ?? null]),
);
/** Serilog's console: `[09:10:11 INF] …`; others: `[INFO] …`, `ERROR: …`. */
const BRACKET_LEVEL = /\[(?:\d\d:\d\d:\d\d(?:[.,]\d+)? )?([A-Za-z]{3,11})\]/y;
const WORD_LEVEL = /(TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)(?::|\s[-|:[]|\s{2,}|\t)/y;

/** Letters that its words begin with. */
const WORD_STARTS = 'TDIWEFC';

/** Level in a JSON line: names of Serilog, NLog, pino with words, bunyan-like, Elastic. Quotes may be escaped once more. */
const JSON_LEVEL =
  /\\?"(?:@l|level|Level|LEVEL|log\.level|LogLevel|logLevel|severity|Severity|lvl)\\?"\s*:\s*\\?"([A-Za-z]{3,13})\\?"/;
const JSON_TIME =
  /\\?"(?:@t|@timestamp|timestamp|Timestamp|TimeStamp|time|Time|ts|date|Date)\\?"\s*:\s*\\?"(\d{4}-\d\d-\d\d[T ][\d:.,]{8,18}(?:Z|[+-]\d\d:?\d\d)?)\\?"/;
const SERILOG_COMPACT = /\\?"@m?t\\?"\s*:/;
/** Keys stand near the start; a long line is not searched to its end. */
const JSON_HEAD = 2048;

/** Reads time and level off the lines of one stream; W3C files name their fields in a header, so it remembers them. */
export class Recognizer {
  readonly #w3c: W3cFields;
  readonly #result: Recognized = {time: null, stamp: 0, level: null};
  /** What follows it is written otherwise than it is meant. */
  readonly #backslash = new NextChar('\\');

  readonly #levelOnly: boolean;

  /** `files`: the columns of W3C files that are known already. `levelOnly`: nobody asks for the times. */
  constructor(files?: readonly (readonly [ByteString, W3cColumns])[], levelOnly = false) {
    this.#w3c = new W3cFields(files);
    this.#levelOnly = levelOnly;
  }

  /** What it remembers. */
  get files(): [ByteString, W3cColumns][] {
    return this.#w3c.known;
  }

  /** What a line shows; `file` is where it is from. The answer is used again by the next call. */
  read(line: ByteString, file: ByteString | null): Recognized {
    const result = this.#result;
    result.time = null;
    result.stamp = 0;
    result.level = null;
    const code = line.charCodeAt(0);
    if (code >= 0x30 && code <= 0x39) this.#digits(line, file, result);
    else if (code === HASH) this.#w3c.header(line, file);
    else if (code === BRACE) readJson(line, result);
    else if (code === OPEN_BRACKET) readBracket(line, result);
    else if (code >= 0x41) readWord(line, code, result);
    return result;
  }

  /** What the message of a record shows. Nearly all begin with a time, which is read where it stands, before the quote that follows. */
  readMessage({raw, message, messageAt, file}: Message): Recognized {
    const code = messageAt < 0 ? 0 : raw.charCodeAt(messageAt);
    const isLong = message.length >= STAMP;
    if (code >= 0x30 && code <= 0x39 && isLong && !this.#levelOnly && !this.#w3c.knows(file)) {
      const end = stampEnd(raw, messageAt);
      if (end >= 0 && isStamp(raw, messageAt)) {
        const result = this.#result;
        result.time = null;
        result.stamp = end - messageAt;
        result.level = levelAfter(raw, end, messageAt + message.length);
        return result;
      }
    }
    return this.read(message, file);
  }

  /**
   * The level of a line that stands in a text and that a quote follows, as `read` finds it, without cutting it out or
   * undoing its escapes; undefined where it takes `read` to tell.
   */
  levelBefore(
    text: ByteString,
    from: number,
    quote: number,
    file: ByteString | null,
  ): LogLevel | null | undefined {
    const code = text.charCodeAt(from);
    if (code >= 0x61) {
      return code === BRACE || this.#backslash.isIn(text, from, from + CONSOLE_HEAD)
        ? undefined
        : consoleLevel(text, from);
    }
    if (code >= 0x30 && code <= 0x39) {
      if (quote - from < STAMP || this.#backslash.isIn(text, from, quote)) return undefined;
      if (this.#w3c.knows(file)) return this.#w3c.levelBefore(text, from, quote, file);
      const end = stampEnd(text, from);
      if (end < 0) return undefined;
      const level = levelAfter(text, end, quote);
      return level === null || isStamp(text, from) ? level : undefined;
    }
    if (code === OPEN_BRACKET || code === HASH || code === BACKSLASH) return undefined;
    return code >= 0x41 && WORD_STARTS.includes(text.charAt(from)) ? undefined : null;
  }

  #digits(line: ByteString, file: ByteString | null, result: Recognized): void {
    if (this.#w3c.read(line, file, result)) return;
    const end = stampEnd(line);
    if (end >= 0 && this.#levelOnly) {
      // Most lines have no level, and then nobody need know whether the time is one.
      result.level = levelAfter(line, end);
      if (result.level === null || isStamp(line)) return;
    }
    if (end < 0 || !isStamp(line)) {
      result.level = null;
      readDateTime(line, result);
      return;
    }
    result.stamp = end;
    result.level = levelAfter(line, end);
  }
}

/** Reads a time in the less usual ways, and the level after it. */
function readDateTime(line: ByteString, result: Recognized): void {
  DATE_TIME.lastIndex = 0;
  const match = DATE_TIME.exec(line);
  if (!match) return;
  const [all, year = '', , month = '', day = '', clock = '', fraction, zone] = match;
  const time = `${year}-${month}-${day}T${clock}${fraction === undefined ? '' : `.${fraction}`}${zoneOf(zone)}`;
  result.time = isTime(time) ? time : null;
  result.level = levelAfter(line, all.length);
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return 'Z';
  const text = zone.trim();
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}

function isTime(time: string): boolean {
  return isDate(time) && isClock(time, 11);
}

function readJson(line: ByteString, result: Recognized): void {
  const head = line.length > JSON_HEAD ? line.slice(0, JSON_HEAD) : line;
  if (!BACKSLASH_OR_QUOTE.test(head)) return;
  const word = JSON_LEVEL.exec(head)?.[1];
  if (word !== undefined) result.level = levelOf(word) ?? null;
  // Serilog's compact format leaves `@l` out where it is Information (https://github.com/serilog/serilog-formatting-compact).
  else if (SERILOG_COMPACT.test(head)) result.level = 'Information';
  const time = JSON_TIME.exec(head)?.[1];
  if (time === undefined) return;
  const text = time.replace(' ', 'T').replace(',', '.');
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : `${text}Z`;
  if (isTime(zoned)) result.time = zoned;
}

function readBracket(line: ByteString, result: Recognized): void {
  BRACKET_LEVEL.lastIndex = 0;
  const word = BRACKET_LEVEL.exec(line)?.[1];
  if (word === undefined) readDateTime(line, result);
  else result.level = levelOf(word) ?? null;
}

function readWord(line: ByteString, code: number, result: Recognized): void {
  if (code >= 0x61) {
    result.level = consoleLevel(line, 0);
    return;
  }
  WORD_LEVEL.lastIndex = 0;
  const word = WORD_LEVEL.exec(line)?.[1];
  if (word !== undefined) result.level = levelOf(word) ?? null;
}

/** Level of a line in lower case: only .NET's console begins so. */
function consoleLevel(line: ByteString, at: number): LogLevel | null {
  if (line.charCodeAt(at + 4) !== COLON || line.charCodeAt(at + 5) !== SPACE) return null;
  return CONSOLE.get(line.slice(at, at + 4)) ?? null;
}
