import type {ByteString} from '../../logs/bytes.ts';
import {windowsLevel} from '../applog/levels.ts';
import {eventMessage, setEtwEvent} from './etw.ts';
import type {Found} from './found.ts';
import type {Reading} from './reading.ts';
import type {Shape} from './shapes.ts';
import {isTimeAt, wholeNumber} from './shapes.ts';
import {Tags} from './tags.ts';
import {xmlItems} from './xml.ts';

/** Starts an event record of 1.x, anywhere in a line: the output of the process before it may lack its line end. */
export const V1_EVENT = '<Source>EventLog</Source><Time>';
export const V1_ETW = '<Source>EtwEvent</Source><Time>';
const EVENT_END = '</Message></LogEntry>';
const ETW_END = '</EventData>';
/** Starts a line of a file in 1.2.1 with `includeFileNames`, and the line before a batch of lines in 1.2. */
const FILE_PREFIX = '[Log File: ';
const FILE_HEADER = 'Log File: ';

/** Reads a record of 1.x. */
export function readV1(found: Found, text: ByteString, reading: Reading): Shape {
  const {start} = reading;
  if (text.startsWith(V1_EVENT, start)) return readEvent(found, text, reading);
  return text.startsWith(V1_ETW, start) ? readEtw(found, text, reading) : 'none';
}

function readEvent(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  const closed = text.startsWith(EVENT_END, end - EVENT_END.length);
  if (!closed && !force) return 'open';
  const tags = new Tags(text, start);
  tags.take('Source');
  const time = tags.take('Time');
  tags.open('LogEntry');
  const channel = tags.take('Channel');
  const level = tags.take('Level');
  const id = tags.take('EventId');
  const from = tags.open('Message');
  const to = closed ? end - EVENT_END.length : end;
  if (time === undefined || !isTimeAt(time, 0) || channel === undefined || from < 0 || from > to)
    return 'none';
  evidence.exactly('1');
  found.source = 'EventLog';
  found.time = time;
  found.channel = channel;
  found.level = windowsLevel(level ?? '', 0, level?.length ?? 0);
  found.eventId = wholeNumber(id ?? '', 0, id?.length ?? 0);
  found.message = text.slice(from, to);
  found.lossless = closed;
  found.family = '1';
  return 'whole';
}

function readEtw(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  const closed = text.startsWith(ETW_END, end - ETW_END.length);
  if (!closed && !force) return 'open';
  const tags = new Tags(text, start);
  tags.take('Source');
  const time = tags.take('Time');
  if (time === undefined || !isTimeAt(time, 0)) return 'none';
  // A build between 1.2.1 and 2.0 printed the name, too.
  const provider = tags.between('<Provider Name="', '"/>');
  const providerId = tags.between('<Provider idGuid="', '"/>');
  const decodingSource = tags.take('DecodingSource');
  const processId = tags.between('<Execution ProcessID="', '"');
  const threadId = tags.between(' ThreadID="', '" />');
  const level = tags.take('Level');
  const keyword = tags.take('Keyword');
  const manifest = tags.between('<EventID Qualifiers="', '">');
  if (manifest !== undefined) tags.skip(`${manifest}</EventID>`);
  const id = manifest ?? tags.between('<EventID idGuid="', '" />');
  const version = tags.take('Version');
  const opcode = tags.take('Opcode');
  const from = tags.open('EventData');
  if (from < 0) return 'none';
  const {items, damaged} = xmlItems(text.slice(from, closed ? end - ETW_END.length : end));
  evidence.exactly('1');
  found.source = 'ETW';
  found.time = time;
  found.provider = provider ?? null;
  found.level = windowsLevel(level ?? '', 0, level?.length ?? 0);
  setEtwEvent(found, {providerId, decodingSource, processId, threadId, keyword, id, version, opcode}, items);
  found.message = eventMessage(items);
  found.lossless = closed && !damaged;
  found.family = '1';
  return 'whole';
}

/** Reads a line of a file that 1.2.1 gave its name; false where it is another line. */
export function readNamedLine(found: Found, text: ByteString, {start, end, evidence}: Reading): boolean {
  if (!text.startsWith(FILE_PREFIX, start)) return false;
  const line = text.slice(start, end);
  const close = line.indexOf('] ');
  if (close < 0) return false;
  evidence.exactly('1');
  found.source = 'File';
  found.file = line.slice(FILE_PREFIX.length, close);
  found.message = line.slice(close + 2);
  found.family = '1';
  return true;
}

/** The name in the line that 1.2 prints before lines of a file, or undefined. */
export function batchName(text: ByteString, start: number, end: number): ByteString | undefined {
  return text.startsWith(FILE_HEADER, start) ? text.slice(start + FILE_HEADER.length, end) : undefined;
}
