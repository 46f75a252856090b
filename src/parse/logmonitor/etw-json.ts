import type {ByteString} from '../../logs/bytes.ts';
import {decodeUtf8} from '../../logs/bytes.ts';
import {eventMessage, numberOf, setEtwEvent} from './etw.ts';
import type {EtwItem} from './etw.ts';
import type {EtwKind, EtwProvider} from './etw-parts.ts';
import type {Found} from './found.ts';
import {Literal} from './literal.ts';
import {otherJson} from './other-json.ts';
import type {Reading} from './reading.ts';
import type {Shape} from './shapes.ts';
import {TIME_LENGTH, wholeNumber} from './shapes.ts';
import {unescapeJson} from './unescape.ts';

export const ETW_HEAD = new Literal('{"Source":"ETW","LogEntry":{"Time":"');
export const ETW_END = new Literal('}},"SchemaVersion":"1.0.0"}');
export const TID = new Literal(',"ThreadId":');
const NUMBER = /-?\d+(?:\.\d+)?/y;

/** Reads an ETW record in JSON. */
export function readEtwJson(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence, force, view} = reading;
  const closed = ETW_END.isAt(text, end - ETW_END.length, view);
  if (!closed && !force) return 'open';
  const cuts = cutFields(text, reading);
  if (!cuts || cuts.to > end) return otherJson(found, text, reading);
  const {provider, kind} = cuts;
  evidence.atLeast('2.0');
  found.source = 'ETW';
  found.setTimeAt(text, start + ETW_HEAD.length);
  found.level = kind.level;
  found.provider = provider.provider;
  found.eventId = kind.eventId;
  if (reading.fieldsOnly || (closed && readPlain(found, text, cuts, reading))) {
    found.family = evidence.family;
    return 'whole';
  }
  const items = readItems(text, cuts.to, closed ? end - ETW_END.length : end);
  const {processId, threadId} = cuts;
  setEtwEvent(found, {...provider, ...kind, processId, threadId}, items.items);
  found.message = eventMessage(items.items);
  if (!closed || items.damaged || (items.pairs && !evidence.escapesWell)) found.lossless = false;
  if (items.newEscape) evidence.atLeast('2.2');
  found.family = evidence.family;
  return 'whole';
}

/** Takes the common event without decoding: nothing escaped, integers that JavaScript holds, each name once. */
function readPlain(
  found: Found,
  text: ByteString,
  {provider, kind, processId, threadId, to}: Cuts,
  {end, bytes, plain, clean, backslash}: Reading,
): boolean {
  if (!bytes || provider.json === undefined || kind.json === undefined || kind.eventId === null) return false;
  const pid = wholeNumber(processId, 0, processId.length);
  const tid = wholeNumber(threadId, 0, threadId.length);
  if (pid === null || tid === null) return false;
  const last = end - ETW_END.length;
  const message = plain.read(bytes, to, last, clean && !backslash.isIn(text, to, last));
  if (message === undefined) return false;
  found.data = `${provider.json}${pid},"threadId":${tid}${kind.json}${text.slice(to, last)}}}`;
  found.message = message;
  found.isJson = true;
  return true;
}

/** Where the fields of a record are cut. */
interface Cuts {
  provider: EtwProvider;
  processId: ByteString;
  threadId: ByteString;
  kind: EtwKind;
  /** Where the event's data begin. */
  to: number;
}

function cutFields(text: ByteString, {start, etw, view}: Reading): Cuts | undefined {
  const afterTime = start + ETW_HEAD.length + TIME_LENGTH;
  const provider = etw.provider.at(text, afterTime, view);
  if (!provider) return undefined;
  const pid = afterTime + provider.text.length;
  const pidEnd = text.indexOf(',', pid);
  const tid = pidEnd + TID.length;
  const tidEnd = text.indexOf('}', tid);
  const kind = TID.isAt(text, pidEnd, view) ? etw.kind.at(text, tidEnd, view) : undefined;
  if (!kind) return undefined;
  return {
    provider: provider.value,
    processId: text.slice(pid, pidEnd),
    threadId: text.slice(tid, tidEnd),
    kind: kind.value,
    to: tidEnd + kind.text.length,
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
