import type {ByteString} from '../../logs/bytes.ts';
import {decodeUtf8} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {windowsLevel} from '../applog/levels.ts';
import {eventMessage, numberOf, setEtwEvent} from './etw.ts';
import type {EtwItem} from './etw.ts';
import type {Found} from './found.ts';
import {otherJson} from './other-json.ts';
import {plainEvent} from './etw-plain.ts';
import type {Reading} from './reading.ts';
import type {Shape} from './shapes.ts';
import {TIME_LENGTH, wholeNumber} from './shapes.ts';
import {unescapeJson} from './unescape.ts';

const HEAD = '{"Source":"ETW","LogEntry":{"Time":"';
const END = '}},"SchemaVersion":"1.0.0"}';
/** Texts between the fields, in the order of EtwMonitor.cpp (EtwJsonFormat). */
const PROVIDER = '","ProviderName":"';
const PROVIDER_ID = '","ProviderId":"';
const DECODING = '","DecodingSource":"';
const PID = '","Execution":{"ProcessId":';
const TID = ',"ThreadId":';
const LEVEL = '},"Level":"';
const KEYWORD = '","Keyword":"';
const ID = '","EventId":"';
const DATA = '","EventData":{';
const NUMBER = /-?\d+(?:\.\d+)?/y;

/** Reads an ETW record in JSON. */
export function readEtwJson(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence, force} = reading;
  const closed = text.startsWith(END, end - END.length);
  if (!closed && !force) return 'open';
  const cuts = cutFields(text, start);
  if (!cuts || cuts.to > end) return otherJson(found, text, reading);
  evidence.atLeast('2.0');
  found.source = 'ETW';
  found.time = text.slice(start + HEAD.length, start + HEAD.length + TIME_LENGTH);
  found.level = cuts.level;
  found.provider = cuts.provider;
  if (reading.fieldsOnly) {
    found.eventId = wholeNumber(cuts.id, 0, cuts.id.length);
    return 'whole';
  }
  const plain = closed ? plainEvent(text, cuts, end - END.length, reading) : undefined;
  if (plain) {
    found.eventId = plain.eventId;
    found.data = plain.data;
    found.message = plain.message;
    found.isJson = true;
    found.family = evidence.family;
    return 'whole';
  }
  const items = readItems(text, cuts.to, closed ? end - END.length : end);
  setEtwEvent(found, cuts, items.items);
  found.message = eventMessage(items.items);
  if (!closed || items.damaged || (items.pairs && !evidence.escapesWell)) found.lossless = false;
  if (items.newEscape) evidence.atLeast('2.2');
  found.family = evidence.family;
  return 'whole';
}

/** Where the fields of a record are cut. */
export interface Cuts {
  provider: ByteString;
  providerId: ByteString;
  decodingSource: ByteString;
  processId: ByteString;
  threadId: ByteString;
  level: LogLevel | null;
  keyword: ByteString;
  id: ByteString;
  /** Where the event's data begin. */
  to: number;
}

function cutFields(text: ByteString, start: number): Cuts | undefined {
  const provider = start + HEAD.length + TIME_LENGTH + PROVIDER.length;
  if (!text.startsWith(PROVIDER, provider - PROVIDER.length)) return undefined;
  // A field ends at the first character of what follows it; the literal must stand there.
  const providerEnd = text.indexOf('"', provider);
  const providerId = providerEnd + PROVIDER_ID.length;
  const providerIdEnd = text.indexOf('"', providerId);
  const decoding = providerIdEnd + DECODING.length;
  const decodingEnd = text.indexOf('"', decoding);
  const pid = decodingEnd + PID.length;
  const pidEnd = text.indexOf(',', pid);
  const tid = pidEnd + TID.length;
  const tidEnd = text.indexOf('}', tid);
  const level = tidEnd + LEVEL.length;
  const levelEnd = text.indexOf('"', level);
  const keyword = levelEnd + KEYWORD.length;
  const keywordEnd = text.indexOf('"', keyword);
  const id = keywordEnd + ID.length;
  const idEnd = text.indexOf('"', id);
  if (
    !text.startsWith(PROVIDER_ID, providerEnd) ||
    !text.startsWith(DECODING, providerIdEnd) ||
    !text.startsWith(PID, decodingEnd) ||
    !text.startsWith(TID, pidEnd) ||
    !text.startsWith(LEVEL, tidEnd) ||
    !text.startsWith(KEYWORD, levelEnd) ||
    !text.startsWith(ID, keywordEnd) ||
    !text.startsWith(DATA, idEnd)
  )
    return undefined;
  return {
    provider: text.slice(provider, providerEnd),
    providerId: text.slice(providerId, providerIdEnd),
    decodingSource: text.slice(decoding, decodingEnd),
    processId: text.slice(pid, pidEnd),
    threadId: text.slice(tid, tidEnd),
    level: windowsLevel(text, level, levelEnd),
    keyword: text.slice(keyword, keywordEnd),
    id: text.slice(id, idEnd),
    to: idEnd + DATA.length,
  };
}

interface Items {
  items: EtwItem[];
  /** Whether a value had to be guessed. */
  damaged: boolean;
  pairs: boolean;
  newEscape: boolean;
}

/** Reads `"k":v,…`, with repeated names, numbers of any size and the bare quotes that the sanitizer leaves. */
function readItems(text: ByteString, from: number, to: number): Items {
  const read: Items = {items: [], damaged: false, pairs: false, newEscape: false};
  let at = from;
  while (at < to) {
    const key = quoted(text, at, to, ':', read);
    if (!key) break;
    at = key.next;
    if (text.charCodeAt(at) === 0x22) {
      const value = quoted(text, at, to, ',', read);
      if (!value) break;
      read.items.push([key.text, value.text]);
      at = value.next;
    } else {
      NUMBER.lastIndex = at;
      const digits = NUMBER.exec(text)?.[0];
      if (digits === undefined) break;
      read.items.push([key.text, numberOf(digits)]);
      at += digits.length + 1;
    }
  }
  if (at < to) read.damaged = true;
  return read;
}

/**
 * Reads a string that starts with a quote at `at` and ends before `after` or at `to`. A quote that something else follows
 * belongs to the string: it lost its backslash.
 */
function quoted(
  text: ByteString,
  at: number,
  to: number,
  after: ':' | ',',
  read: Items,
): {text: string; next: number} | undefined {
  if (text.charCodeAt(at) !== 0x22) return undefined;
  for (
    let quote = text.indexOf('"', at + 1);
    quote >= 0 && quote < to;
    quote = text.indexOf('"', quote + 1)
  ) {
    const ends =
      quote + 1 === to || (text.startsWith(after, quote + 1) && startsItem(text, quote + 2, after));
    if (!ends || isEscaped(text, quote)) continue;
    const content = text.slice(at + 1, quote);
    if (!content.includes('\\') && !content.includes('"'))
      return {text: decodeUtf8(content), next: quote + 2};
    const decoded = unescapeJson(content);
    if (decoded.bareQuote) read.damaged = true;
    if (decoded.pair) read.pairs = true;
    if (decoded.newEscape) read.newEscape = true;
    return {text: decodeUtf8(decoded.text), next: quote + 2};
  }
  return undefined;
}

/** Whether what stands after a name's colon can be a value, and after a value's comma a name. */
function startsItem(text: ByteString, at: number, after: ':' | ','): boolean {
  const code = text.charCodeAt(at);
  return code === 0x22 || (after === ':' && (code === 0x2d || (code >= 0x30 && code <= 0x39)));
}

function isEscaped(text: ByteString, at: number): boolean {
  let run = 0;
  while (text.charCodeAt(at - 1 - run) === 0x5c) run++;
  return run % 2 === 1;
}
