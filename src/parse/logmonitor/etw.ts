import type {ByteString} from '../../logs/bytes.ts';
import {decodeUtf8, encodeUtf8} from '../../logs/bytes.ts';
import type {LogValue} from '../../logs/record.ts';
import type {Found} from './found.ts';
import {wholeNumber} from './shapes.ts';

/** A property of an event, decoded: name and value. */
export type EtwItem = readonly [name: string, value: LogValue];

/** What an ETW record says of its event beside time, level and provider, as it stands there. */
export interface EtwFacts {
  providerId?: ByteString | undefined;
  decodingSource?: ByteString | undefined;
  processId?: ByteString | undefined;
  threadId?: ByteString | undefined;
  keyword?: ByteString | undefined;
  /** Number of a manifest event, GUID of a MOF event, empty for TraceLogging. */
  id?: ByteString | undefined;
  version?: ByteString | undefined;
  opcode?: ByteString | undefined;
}

/** Puts the facts of an event into a record, and its properties where they can be told apart. */
export function setEtwEvent(found: Found, facts: EtwFacts, items?: readonly EtwItem[]): void {
  const {providerId, decodingSource, processId, threadId, keyword, id, version, opcode} = facts;
  const data: {[key: string]: LogValue} = {};
  if (providerId) data['providerId'] = decodeUtf8(providerId);
  if (decodingSource) data['decodingSource'] = decodeUtf8(decodingSource);
  if (processId) data['processId'] = idOf(processId);
  if (threadId) data['threadId'] = idOf(threadId);
  if (keyword) data['keyword'] = decodeUtf8(keyword);
  found.eventId = id === undefined ? null : wholeNumber(id, 0, id.length);
  if (id && found.eventId === null) data['eventGuid'] = decodeUtf8(id);
  if (version) data['version'] = idOf(version);
  if (opcode) data['opcode'] = idOf(opcode);
  if (items) data['eventData'] = objectOf(items);
  found.data = encodeUtf8(JSON.stringify(data));
}

function idOf(text: ByteString): LogValue {
  return wholeNumber(text, 0, text.length) ?? decodeUtf8(text);
}

/** Properties as an object; a name that is there more than once (the elements of an array) has a list of its values. */
function objectOf(items: readonly EtwItem[]): {[key: string]: LogValue} {
  const lists = new Map<string, LogValue[]>();
  for (const [name, value] of items) {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  // By entries: a property named `__proto__` is a property as any other.
  return Object.fromEntries(
    [...lists].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? null) : list]),
  );
}

/** An event has no message of its own: its properties in a line, as the Custom format prints them. */
export function eventMessage(items: readonly EtwItem[]): ByteString {
  return encodeUtf8(
    items
      .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
      .join(' '),
  );
}

/** A number as JavaScript has it, where that gives the same digits back; else the digits. */
export function numberOf(digits: string): LogValue {
  const value = Number(digits);
  return String(value) === digits ? value : digits;
}
