import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {levelOf} from './levels.ts';
import {W3cFields} from './w3c.ts';

/** Time and level of a line, where it shows them. */
export interface Recognized {
  /** RFC 3339. A time without a zone is taken for UTC, which Windows containers have unless somebody changed it. */
  time: string | null;
  level: LogLevel | null;
}

const OPEN_BRACKET = 0x5b;
const BRACE = 0x7b;
const BACKSLASH_OR_QUOTE = /[\\"]/;

/** `2024-03-05 09:10:11`, `2024-03-05T09:10:11,123`, `2024/03/05 09:10:11.1234567 +00:00`. */
const DATE_TIME =
  /\[?(\d{4})([-/])(\d\d)\2(\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?( ?Z| ?[+-]\d\d:?\d\d)?/y;
/** What may stand between the time and the level: brackets, bars, a thread or process in brackets (log4net, NLog, Serilog). */
const LEVEL_AFTER =
  /\]?[ \t|:-]*(?:\[[^\][]{1,40}\][ \t|]*|\(?\d{1,10}\)?[ \t|]+)?[[|(]?(TRACE|TRCE|TRC|DEBUG|DBUG|DBG|VERBOSE|VRB|VERB|INFORMATION|INFORMATIONAL|INFO|INF|NOTICE|WARNING|WARN|WRN|ERROR|ERR|FAIL|SEVERE|CRITICAL|CRIT|FATAL|FTL)\b/iy;
/** .NET's console: `info: Category[0]` (https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter). */
const CONSOLE = /(trce|dbug|info|warn|fail|crit): /y;
/** Serilog's console: `[09:10:11 INF] …`; others: `[INFO] …`, `ERROR: …`. */
const BRACKET_LEVEL = /\[(?:\d\d:\d\d:\d\d(?:[.,]\d+)? )?([A-Za-z]{3,11})\]/y;
const WORD_LEVEL = /(TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)(?::|\s[-|:[]|\s{2,}|\t)/y;

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
  readonly #w3c = new W3cFields();
  readonly #result: Recognized = {time: null, level: null};

  /** What a line shows; `file` is where it is from. The answer is used again by the next call. */
  read(line: ByteString, file: ByteString | null): Recognized {
    const result = this.#result;
    result.time = null;
    result.level = null;
    const code = line.charCodeAt(0);
    if (code >= 0x30 && code <= 0x39) this.#digits(line, file, result);
    else if (code === 0x23) this.#w3c.header(line, file);
    else if (code === BRACE) readJson(line, result);
    else if (code === OPEN_BRACKET) readBracket(line, result);
    else if (code >= 0x41) readWord(line, code, result);
    return result;
  }

  #digits(line: ByteString, file: ByteString | null, result: Recognized): void {
    if (this.#w3c.read(line, file, result)) return;
    readDateTime(line, result);
  }
}

function readDateTime(line: ByteString, result: Recognized): void {
  DATE_TIME.lastIndex = 0;
  const match = DATE_TIME.exec(line);
  if (!match) return;
  const [all, year = '', , month = '', day = '', clock = '', fraction, zone] = match;
  result.time = `${year}-${month}-${day}T${clock}${fraction === undefined ? '' : `.${fraction}`}${zoneOf(zone)}`;
  if (!isTime(result.time)) result.time = null;
  LEVEL_AFTER.lastIndex = all.length;
  const word = LEVEL_AFTER.exec(line)?.[1];
  if (word !== undefined) result.level = levelOf(word) ?? null;
}

function zoneOf(zone: string | undefined): string {
  const text = (zone ?? 'Z').trim();
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}

/** Whether month, day, hour, minute and second are within their bounds: others are no date. */
function isTime(time: string): boolean {
  return (
    within(time, 5, 1, 12) &&
    within(time, 8, 1, 31) &&
    within(time, 11, 0, 23) &&
    within(time, 14, 0, 59) &&
    within(time, 17, 0, 60)
  );
}

function within(time: string, at: number, least: number, most: number): boolean {
  const value = Number(time.slice(at, at + 2));
  return value >= least && value <= most;
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
  // Lower case: only .NET's console begins so.
  const pattern = code >= 0x61 ? CONSOLE : WORD_LEVEL;
  pattern.lastIndex = 0;
  const word = pattern.exec(line)?.[1];
  if (word !== undefined) result.level = levelOf(word) ?? null;
}
