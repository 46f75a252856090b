import type {ByteString} from '../../logs/bytes.ts';
import type {Cuts} from './etw-json.ts';
import type {Reading} from './reading.ts';
import {isDigit, wholeNumber} from './shapes.ts';

/** What must be looked at closely: escapes, bytes beyond ASCII, control characters. */
const NOT_SIMPLE = /[^\x20-\x5b\x5d-\x7e]/;
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
/** Integers of up to so many digits are exact in JavaScript. */
const EXACT_DIGITS = 15;

/** Names of the properties of the last event: neighbours are mostly of one kind, and none of their names is there twice. */
export class EtwNames {
  #names: ByteString[] = [];

  /** Whether these names differ from each other. */
  differ(names: ByteString[]): boolean {
    const known = this.#names;
    if (names.length === known.length && names.every((name, i) => name === known[i])) return true;
    if (new Set(names).size < names.length) return false;
    this.#names = names;
    return true;
  }
}

/** Data and message of an event, as JSON content. */
export interface PlainEvent {
  eventId: number;
  data: ByteString;
  message: ByteString;
}

/**
 * Takes the common event in one pass, without decoding: nothing escaped, integers that JavaScript holds, each name once.
 * Undefined for any other.
 */
export function plainEvent(
  text: ByteString,
  cuts: Cuts,
  to: number,
  {etwNames, clean}: Reading,
): PlainEvent | undefined {
  const {providerId, decodingSource, processId, threadId, keyword, id, to: from} = cuts;
  const eventId = wholeNumber(id, 0, id.length);
  const pid = wholeNumber(processId, 0, processId.length);
  const tid = wholeNumber(threadId, 0, threadId.length);
  if (eventId === null || pid === null || tid === null || providerId === '') return undefined;
  const properties = text.slice(from, to);
  const facts = providerId + decodingSource + keyword;
  if (
    clean
      ? properties.includes('\\') || facts.includes('\\')
      : NOT_SIMPLE.test(properties) || NOT_SIMPLE.test(facts)
  )
    return undefined;
  const names: ByteString[] = [];
  let message = '';
  for (let at = from; at < to;) {
    const nameEnd = text.indexOf('"', at + 1);
    if (text.charCodeAt(at) !== QUOTE || text.charCodeAt(nameEnd + 1) !== COLON) return undefined;
    const name = text.slice(at + 1, nameEnd);
    let value = nameEnd + 2;
    let end: number;
    let next: number;
    if (text.charCodeAt(value) === QUOTE) {
      value++;
      end = text.indexOf('"', value);
      next = end + 1;
    } else {
      end = integerEnd(text, value);
      next = end;
    }
    if (end < value || next > to || (next < to && text.charCodeAt(next) !== COMMA)) return undefined;
    message += `${at === from ? '' : ' '}${name}: ${text.slice(value, end)}`;
    names.push(name);
    at = next + 1;
  }
  if (!etwNames.differ(names)) return undefined;
  return {
    eventId,
    data: `{"providerId":"${providerId}","decodingSource":"${decodingSource}","processId":${pid},"threadId":${tid},"keyword":"${keyword}","eventData":{${properties}}}`,
    message,
  };
}

/** Where an integer ends that is written as JSON and JavaScript write it, or -1. */
function integerEnd(text: ByteString, from: number): number {
  const first = text.charCodeAt(from) === 0x2d ? from + 1 : from;
  let end = first;
  while (isDigit(text.charCodeAt(end))) end++;
  const isZero = text.charCodeAt(first) === 0x30;
  if (end === first || end - first > EXACT_DIGITS || (isZero && (end > first + 1 || first > from))) return -1;
  return end;
}
