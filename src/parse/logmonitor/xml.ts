import type {ByteString} from '../../logs/bytes.ts';
import {decodeUtf8} from '../../logs/bytes.ts';
import {windowsLevel} from '../applog/levels.ts';
import type {EtwItem} from './etw.ts';
import {eventMessage, setEtwEvent} from './etw.ts';
import type {Found} from './found.ts';
import {CUT_RECORD} from './json.ts';
import type {Reading} from './reading.ts';
import type {Shape} from './shapes.ts';
import {fileName, isTimeAt, wholeNumber} from './shapes.ts';
import {setProcessLine} from './unescape.ts';
import {Tags} from './tags.ts';

const EVENT = '<Log><Source>EventLog</Source><LogEntry>';
const FILE = '<Log><Source>File</Source><LogEntry><Logline>';
const PROCESS = '<Log><Source>Process</Source><LogEntry><Logline>';
const ETW = '<Log><Source>ETW</Source><LogEntry>';
/** Ends every XML record from 2.1 on. */
const END = '</LogEntry></Log>';
const EVENT_END = `</Message>${END}`;
const FILE_END = `</FileName>${END}`;
const FILE_NAME = '</Logline><FileName>';
const PROCESS_END = `</Logline>${END}`;
const CUT_XML = '...</Logline></LogEntry></Lo';
const ETW_END = `</EventData>${END}`;

/** Reads a record of 2.1 or later in XML, whose line starts with `<Log><Source>`. Nothing in it is escaped. */
export function readXml(found: Found, text: ByteString, reading: Reading): Shape {
  const {start} = reading;
  if (text.startsWith(EVENT, start)) return readEvent(found, text, reading);
  if (text.startsWith(FILE, start)) return readFile(found, text, reading);
  if (text.startsWith(PROCESS, start)) return readProcess(found, text, reading);
  return text.startsWith(ETW, start) ? readEtw(found, text, reading) : 'none';
}

function readEvent(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  const closed = text.startsWith(EVENT_END, end - EVENT_END.length);
  if (!closed && !force) return 'open';
  const tags = new Tags(text, start + EVENT.length);
  const provider = tags.take('EventSource');
  const time = tags.take('Time');
  const channel = tags.take('Channel');
  const level = tags.take('Level');
  const id = tags.take('EventId');
  const from = tags.open('Message');
  const to = closed ? end - EVENT_END.length : end;
  if (time === undefined || !isTimeAt(time, 0) || channel === undefined || from < 0 || from > to)
    return 'none';
  evidence.atLeast('2.1');
  found.source = 'EventLog';
  found.provider = provider ?? null;
  found.time = time;
  found.channel = channel;
  found.level = windowsLevel(level ?? '', 0, level?.length ?? 0);
  found.eventId = wholeNumber(id ?? '', 0, id?.length ?? 0);
  found.message = text.slice(from, to);
  found.lossless = closed;
  found.family = evidence.family;
  return 'whole';
}

function readFile(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  const closed = text.startsWith(FILE_END, end - FILE_END.length);
  if (!closed && !force) return 'open';
  const from = start + FILE.length;
  // In a cut of its own: a search must not run past the line.
  const within = closed ? text.slice(from, end).lastIndexOf(FILE_NAME) : -1;
  if (closed && within < 0) return 'none';
  const nameAt = from + within;
  evidence.atLeast('2.1');
  found.source = 'File';
  found.message = text.slice(from, closed ? nameAt : end);
  if (closed) found.file = fileName(text.slice(nameAt + FILE_NAME.length, end - FILE_END.length));
  found.lossless = closed;
  found.family = evidence.family;
  return 'whole';
}

function readProcess(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence} = reading;
  const cut = start + CUT_RECORD;
  const isCut = end >= cut && text.startsWith(CUT_XML, cut - CUT_XML.length);
  const closed = !isCut && text.startsWith(PROCESS_END, end - PROCESS_END.length);
  const to = isCut ? cut - CUT_XML.length : closed ? end - PROCESS_END.length : end;
  const from = start + PROCESS.length;
  evidence.atLeast('2.1');
  found.source = 'Process';
  setProcessLine(found, text.slice(from, Math.max(from, to)), reading);
  if (!closed) found.lossless = false;
  found.family = evidence.family;
  if (isCut) reading.end = cut;
  return 'whole';
}

function readEtw(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  const closed = text.startsWith(ETW_END, end - ETW_END.length);
  if (!closed && !force) return 'open';
  const tags = new Tags(text, start + ETW.length);
  const time = tags.take('Time');
  const provider = tags.take('ProviderName');
  const providerId = tags.take('ProviderId');
  const decodingSource = tags.take('DecodingSource');
  tags.open('Execution');
  const processId = tags.take('ProcessId');
  const threadId = tags.take('ThreadId');
  tags.skip('</Execution>');
  const level = tags.take('Level');
  const keyword = tags.take('Keyword');
  const id = tags.take('EventId');
  const from = tags.open('EventData');
  if (time === undefined || !isTimeAt(time, 0) || from < 0) return 'none';
  const {items, damaged} = xmlItems(text.slice(from, closed ? end - ETW_END.length : end));
  evidence.atLeast('2.1');
  found.source = 'ETW';
  found.time = time;
  found.provider = provider ?? null;
  found.level = windowsLevel(level ?? '', 0, level?.length ?? 0);
  setEtwEvent(found, {providerId, decodingSource, processId, threadId, keyword, id}, items);
  found.message = eventMessage(items);
  found.lossless = closed && !damaged;
  found.family = evidence.family;
  return 'whole';
}

/** Reads `<name>value</name>…`. A value that holds `<` may have been cut at the wrong place. */
export function xmlItems(text: ByteString): {items: EtwItem[]; damaged: boolean} {
  const items: EtwItem[] = [];
  let damaged = false;
  let at = 0;
  while (at < text.length) {
    const nameEnd = text.indexOf('>', at);
    const name = text.slice(at + 1, nameEnd);
    const closing = `</${name}>`;
    const to = nameEnd < 0 || text.charCodeAt(at) !== 0x3c ? -1 : text.indexOf(closing, nameEnd);
    if (to < 0) return {items, damaged: true};
    const value = text.slice(nameEnd + 1, to);
    if (value.includes('<') || name.includes('<')) damaged = true;
    items.push([decodeUtf8(name), decodeUtf8(value)]);
    at = to + closing.length;
  }
  return {items, damaged};
}
