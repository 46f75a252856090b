import type {ByteString} from '../../logs/bytes.ts';
import {readEtwJson} from './etw-json.ts';
import type {Found} from './found.ts';
import {Literal} from './literal.ts';
import type {FileNames, Reading} from './reading.ts';
import {otherJson} from './other-json.ts';
import type {Shape} from './shapes.ts';
import {TIME_LENGTH, isTimeAt, wholeNumber} from './shapes.ts';
import {setProcessLine, setSanitized} from './unescape.ts';

export const EVENT = new Literal('{"Source": "EventLog","LogEntry": {');
export const MESSAGE = new Literal(',"Message": "');
export const EVENT_END = new Literal('"}}');

export const FILE = new Literal('{"Source": "File","LogEntry": {"Logline": "');
const FILE_NAME = '","FileName": "';
const COMPACT_FILE = new Literal('{"Source":"File","LogEntry":{"Logline":"');
const COMPACT_FILE_NAME = '","FileName":"';
export const PROCESS = new Literal('{"Source":"Process","LogEntry":{"Logline":"');
const ETW = new Literal('{"Source":"ETW","LogEntry":{');
/** Ends records of File, ETW and Process. */
export const SCHEMA_END = new Literal('"},"SchemaVersion":"1.0.0"}');
/** Begins them all. */
const ANY = new Literal('{"Source":');

/** 2.0 to 2.1.1 cut a record of a process here, in the middle of its end (ProcessMonitor.cpp, FormatStandardLog). */
export const CUT_RECORD = 4091;
const CUT_JSON = new Literal('..."},"SchemaVersion":"1.0.0');

/** Where the spaced and the compact shapes differ, and where the names of their sources begin. */
export const SPACED_AT = 10;
export const SPACED_NAME = 12;
export const COMPACT_NAME = 11;

interface FileShape {
  head: Literal;
  name: string;
}

const SPACED: FileShape = {head: FILE, name: FILE_NAME};
const COMPACT: FileShape = {head: COMPACT_FILE, name: COMPACT_FILE_NAME};

/** Reads a record whose line starts with `{`. */
export function readJson(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, view} = reading;
  // One letter says which it can be: then one comparison decides.
  if (text.charCodeAt(start + SPACED_AT) === 0x20) {
    const letter = text.charCodeAt(start + SPACED_NAME);
    if (letter === 0x46 && FILE.isAt(text, start, view)) return readFile(found, text, reading, SPACED);
    if (letter === 0x45 && EVENT.isAt(text, start, view)) return readEvent(found, text, reading);
  } else {
    const letter = text.charCodeAt(start + COMPACT_NAME);
    if (letter === 0x50 && PROCESS.isAt(text, start, view)) return readProcess(found, text, reading);
    if (letter === 0x45 && ETW.isAt(text, start, view)) return readEtwJson(found, text, reading);
    if (letter === 0x46 && COMPACT_FILE.isAt(text, start, view))
      return readFile(found, text, reading, COMPACT);
  }
  return ANY.isAt(text, start, view) ? otherJson(found, text, reading) : 'none';
}

function readEvent(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence, force, events, view} = reading;
  const closed = EVENT_END.isAt(text, end - EVENT_END.length, view);
  if (!closed && !force) return 'open';
  const before = events.before.at(text, start + EVENT.length, view);
  if (!before) return otherJson(found, text, reading);
  const provider = before.value;
  const time = start + EVENT.length + before.text.length;
  const after = events.after.at(text, time + TIME_LENGTH, view);
  if (!after || !isTimeAt(text, time)) return otherJson(found, text, reading);
  const {channel, level} = after.value;
  const id = time + TIME_LENGTH + after.text.length;
  const idEnd = text.indexOf(',', id);
  if (!MESSAGE.isAt(text, idEnd, view)) return otherJson(found, text, reading);
  const message = idEnd + MESSAGE.length;
  const messageEnd = closed ? end - EVENT_END.length : end;
  if (messageEnd < message) return otherJson(found, text, reading);
  evidence.atLeast(provider === null ? '2.0' : '2.1');
  found.source = 'EventLog';
  found.provider = provider;
  found.setTimeAt(text, time);
  found.channel = channel;
  found.level = level;
  found.eventId = wholeNumber(text, id, idEnd);
  if (reading.clean) reading.at = message;
  if (!reading.fieldsOnly) setSanitized(found, text.slice(message, messageEnd), reading);
  if (!closed) found.lossless = false;
  found.family = evidence.family;
  return 'whole';
}

function readFile(found: Found, text: ByteString, reading: Reading, {head, name}: FileShape): Shape {
  const {start, end, evidence, force, files, view} = reading;
  const from = start + head.length;
  let nameAt = endsWithLast(files, text, {end, view});
  if (nameAt < from) {
    const closed = SCHEMA_END.isAt(text, end - SCHEMA_END.length, view);
    if (!closed && !force) return 'open';
    // In a cut of its own: a search must not run past the line.
    const within = closed ? text.slice(from, end).lastIndexOf(name) : -1;
    nameAt = within < 0 ? end : from + within;
    if (within >= 0)
      files.remember(text.slice(nameAt, end), text.slice(nameAt + name.length, end - SCHEMA_END.length));
    else if (!force) return otherJson(found, text, reading);
  }
  if (head === FILE) evidence.atLeast('2.1');
  else evidence.exactly('2.0');
  found.source = 'File';
  found.file = nameAt === end ? null : files.name;
  if (reading.clean) reading.at = from;
  setSanitized(found, text.slice(from, nameAt), reading);
  if (nameAt === end) found.lossless = false;
  found.family = evidence.family;
  return 'whole';
}

/** Where the end of the last record of a file stands again, or -1: neighbours are mostly of one file. */
function endsWithLast(
  {ending}: FileNames,
  text: ByteString,
  {end, view}: Pick<Reading, 'end' | 'view'>,
): number {
  const at = end - (ending?.length ?? 0);
  return ending?.isAt(text, at, view) ? at : -1;
}

function readProcess(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence, view} = reading;
  const from = start + PROCESS.length;
  const cut = start + CUT_RECORD;
  const isCut = end >= cut && CUT_JSON.isAt(text, cut - CUT_JSON.length, view);
  const closed = !isCut && SCHEMA_END.isAt(text, end - SCHEMA_END.length, view);
  const to = isCut ? cut - CUT_JSON.length : closed ? end - SCHEMA_END.length : end;
  evidence.atLeast('2.0');
  found.source = 'Process';
  if (reading.clean) reading.at = from;
  setProcessLine(found, text.slice(from, Math.max(from, to)), reading);
  if (!closed) found.lossless = false;
  found.family = evidence.family;
  if (isCut) reading.end = cut;
  return 'whole';
}
