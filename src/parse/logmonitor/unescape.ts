import type {ByteString} from '../../logs/bytes.ts';
import {isPlainJson} from '../../logs/bytes.ts';
import type {Found} from './found.ts';
import type {Reading} from './reading.ts';

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const HEX4 = /^[0-9a-fA-F]{4}$/;
/** Escapes that only a real JSON writer makes: 2.2 on. Earlier versions know `\" \\ \r \n`. */
const NEW_ESCAPES = new Set(['t', 'b', 'f', '/']);

/**
 * Takes the content of a JSON string that LogMonitor wrote as the message: kept as it is where it is valid JSON, decoded
 * leniently where the sanitizer of 2.0 to 2.1.4 left it invalid. That sanitizer takes `\\` in its input for escaped
 * already, so what stands before 2.2 with a pair of backslashes may have had one or two.
 */
export function setSanitized(
  found: Found,
  text: ByteString,
  {evidence, clean, fieldsOnly, at}: Reading,
): void {
  found.message = text;
  found.messageAt = at;
  // Escapes may hide where a level stands.
  if (fieldsOnly && !text.includes('\\')) return;
  if (clean ? !text.includes('\\') && !text.includes('"') : isPlainJson(text)) {
    found.isJson = true;
    return;
  }
  const seen = lookAt(text);
  if ((seen & NEW_ESCAPE) !== 0) evidence.atLeast('2.2');
  if ((seen & (BARE_QUOTE | INVALID)) !== 0 || ((seen & PAIR) !== 0 && !evidence.escapesWell))
    found.lossless = false;
  if ((seen & (INVALID | BARE_QUOTE)) === 0 && (clean || !NOT_PRINTABLE.test(text))) found.isJson = true;
  else if (seen !== 0) {
    found.message = unescapeJson(text).text;
    found.messageAt = -1;
  }
}

const NOT_PRINTABLE = /[^\x20-\x7e]/;
/** What there is in the content of a JSON string. */
const ESCAPE = 1;
const PAIR = 2;
const BARE_QUOTE = 4;
const NEW_ESCAPE = 8;
const INVALID = 16;

/** Looks through the escapes of a JSON string's content, without decoding it. */
function lookAt(text: ByteString): number {
  let seen = 0;
  let quote = text.indexOf('"');
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
    seen |= ESCAPE;
    if (quote >= 0 && quote < at) {
      seen |= BARE_QUOTE;
      quote = text.indexOf('"', at);
    }
    switch (text.charCodeAt(at + 1)) {
      case QUOTE:
        quote = text.indexOf('"', at + 2);
        break;
      case BACKSLASH:
        seen |= PAIR;
        break;
      case 0x6e: // n
      case 0x72: // r
        break;
      case 0x75: // u
        seen |= HEX4.test(text.slice(at + 2, at + 6)) ? NEW_ESCAPE : INVALID;
        break;
      default:
        seen |= NEW_ESCAPES.has(text.charAt(at + 1)) ? NEW_ESCAPE : INVALID;
    }
  }
  return quote >= 0 ? seen | BARE_QUOTE : seen;
}

/** What reading the content of a JSON string gave. */
export interface Unescaped {
  text: ByteString;
  /** Whether it was valid, control characters aside. */
  valid: boolean;
  /** Whether `\\` was in it. */
  pair: boolean;
  /** Whether a quote stood there without a backslash of its own. */
  bareQuote: boolean;
  /** Whether an escape was in it that the old sanitizer never writes. */
  newEscape: boolean;
}

/** Decodes the content of a JSON string; unknown escapes and bare quotes stay as they are. */
export function unescapeJson(text: ByteString): Unescaped {
  const read: Unescaped = {text: '', valid: true, pair: false, bareQuote: false, newEscape: false};
  let out = '';
  let from = 0;
  for (;;) {
    const at = text.indexOf('\\', from);
    const stretch = at < 0 ? text.slice(from) : text.slice(from, at);
    if (stretch.includes('"')) {
      read.bareQuote = true;
      read.valid = false;
    }
    out += stretch;
    if (at < 0) break;
    const char = text.charAt(at + 1);
    from = at + 2;
    if (char === '\\') {
      read.pair = true;
      out += '\\';
    } else if (char === '"') out += '"';
    else if (char === 'n') out += '\n';
    else if (char === 'r') out += '\r';
    else if (char === 'u' && HEX4.test(text.slice(from, from + 4))) {
      read.newEscape = true;
      out += utf8OfUnits(text, from);
      from += isHighSurrogate(text, from) ? 10 : 4;
    } else if (NEW_ESCAPES.has(char)) {
      read.newEscape = true;
      out += SHORT[char] ?? '';
    } else {
      read.valid = false;
      out += `\\${char}`;
    }
  }
  read.text = out;
  return read;
}

const SHORT: Record<string, string> = {t: '\t', b: '\b', f: '\f', '/': '/'};

/** Whether the unit written at `at` is the first half of a pair whose second half follows. */
function isHighSurrogate(text: ByteString, at: number): boolean {
  const high = Number.parseInt(text.slice(at, at + 4), 16);
  if (high < 0xd800 || high > 0xdbff || !text.startsWith('\\u', at + 4)) return false;
  const low = text.slice(at + 6, at + 10);
  return HEX4.test(low) && (Number.parseInt(low, 16) & 0xfc00) === 0xdc00;
}

function utf8OfUnits(text: ByteString, at: number): ByteString {
  const unit = Number.parseInt(text.slice(at, at + 4), 16);
  if (!isHighSurrogate(text, at)) return encodeUnit(unit);
  const low = Number.parseInt(text.slice(at + 6, at + 10), 16);
  return encodeUnit(0x1_0000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
}

function encodeUnit(code: number): ByteString {
  const end = 0x80 | (code & 0x3f);
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), end);
  // A half without its other is no character.
  if (code >= 0xd800 && code <= 0xdfff) return '\xef\xbf\xbd';
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x1_0000) return String.fromCharCode(0xe0 | (code >> 12), middle, end);
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, end);
}

/**
 * Takes a line that a process printed: 2.0 to 2.1.1 escape it (n backslashes become n + 1, a quote gets one more), also in XML; 2.1.2
 * and later print it as it is. Which of the two is decided by the bytes: what the escaping never leaves is raw. Bytes
 * that are not ASCII became `?` in all of them.
 */
export function setProcessLine(
  found: Found,
  text: ByteString,
  {evidence, clean, fieldsOnly, at}: Reading,
): void {
  found.message = text;
  found.messageAt = at;
  if (fieldsOnly && !text.includes('\\')) return;
  if (text.includes('?')) found.lossless = false;
  if (!text.includes('\\') && !text.includes('"')) {
    found.isJson = clean || isPlainJson(text);
    return;
  }
  if (!evidence.copiesProcess && isProcessEscape(text)) {
    found.message = unescapeProcess(text);
    found.messageAt = -1;
    if (!evidence.escapesProcess) found.lossless = false;
    return;
  }
  if (!evidence.copiesProcess) evidence.atLeast('2.1.2');
}

/** Whether the escaping of 2.0 to 2.1.1 can have left this: no run of one backslash but before a quote, no quote after none or two. */
function isProcessEscape(text: ByteString): boolean {
  let run = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) run++;
    else {
      if (code === QUOTE ? run === 0 || run === 2 : run === 1) return false;
      run = 0;
    }
  }
  return true;
}

function unescapeProcess(text: ByteString): ByteString {
  return text.replaceAll(/(\\+)("?)/g, (_, run: string, quote: string) => {
    const lost = quote === '' || run.length === 1 ? 1 : 2;
    return run.slice(lost) + quote;
  });
}
