import type {ByteString} from '../../logs/bytes.ts';
import {readEtwJson} from './etw-json.ts';
import type {Found} from './found.ts';
import {isAt} from './known.ts';
import type {FileNames, Reading} from './reading.ts';
import {otherJson} from './other-json.ts';
import type {Shape} from './shapes.ts';
import {TIME_LENGTH, isTimeAt, wholeNumber} from './shapes.ts';
import {setProcessLine, setSanitized} from './unescape.ts';

const EVENT = '{"Source": "EventLog","LogEntry": {';
const MESSAGE = ',"Message": "';
const EVENT_END = '"}}';

const FILE = '{"Source": "File","LogEntry": {"Logline": "';
const FILE_NAME = '","FileName": "';
const COMPACT_FILE = '{"Source":"File","LogEntry":{"Logline":"';
const COMPACT_FILE_NAME = '","FileName":"';
const PROCESS = '{"Source":"Process","LogEntry":{"Logline":"';
const ETW = '{"Source":"ETW","LogEntry":{';
/** Ends records of File, ETW and Process. */
export const SCHEMA_END = '"},"SchemaVersion":"1.0.0"}';

/** 2.0 to 2.1.1 cut a record of a process here, in the middle of its end (ProcessMonitor.cpp, FormatStandardLog). */
export const CUT_RECORD = 4091;
const CUT_JSON = '..."},"SchemaVersion":"1.0.0';

/** Where the spaced and the compact shapes differ, and where the names of their sources begin. */
const SPACED_AT = 10;
const SPACED_NAME = 12;
const COMPACT_NAME = 11;

interface FileShape {
  head: string;
  name: string;
}

const SPACED: FileShape = {head: FILE, name: FILE_NAME};
const COMPACT: FileShape = {head: COMPACT_FILE, name: COMPACT_FILE_NAME};

/** Reads a record whose line starts with `{"Source":`. */
export function readJson(found: Found, text: ByteString, reading: Reading): Shape {
  const {start} = reading;
  // One letter says which it can be: then one comparison decides.
  if (text.charCodeAt(start + SPACED_AT) === 0x20) {
    const letter = text.charCodeAt(start + SPACED_NAME);
    if (letter === 0x46 && isAt(text, start, FILE)) return readFile(found, text, reading, SPACED);
    if (letter === 0x45 && isAt(text, start, EVENT)) return readEvent(found, text, reading);
  } else {
    const letter = text.charCodeAt(start + COMPACT_NAME);
    if (letter === 0x50 && isAt(text, start, PROCESS)) return readProcess(found, text, reading);
    if (letter === 0x45 && isAt(text, start, ETW)) return readEtwJson(found, text, reading);
    if (letter === 0x46 && isAt(text, start, COMPACT_FILE)) return readFile(found, text, reading, COMPACT);
  }
  return otherJson(found, text, reading);
}

function readEvent(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence, force, events} = reading;
  const closed = text.startsWith(EVENT_END, end - EVENT_END.length);
  if (!closed && !force) return 'open';
  const before = events.before.at(text, start + EVENT.length);
  if (!before) return otherJson(found, text, reading);
  const provider = before.value;
  const time = start + EVENT.length + before.text.length;
  const after = events.after.at(text, time + TIME_LENGTH);
  if (!after || !isTimeAt(text, time)) return otherJson(found, text, reading);
  const {channel, level} = after.value;
  const id = time + TIME_LENGTH + after.text.length;
  const idEnd = text.indexOf(',', id);
  if (!isAt(text, idEnd, MESSAGE)) return otherJson(found, text, reading);
  const message = idEnd + MESSAGE.length;
  const messageEnd = closed ? end - EVENT_END.length : end;
  if (messageEnd < message) return otherJson(found, text, reading);
  evidence.atLeast(provider === null ? '2.0' : '2.1');
  found.source = 'EventLog';
  found.provider = provider;
  found.time = text.slice(time, time + TIME_LENGTH);
  found.channel = channel;
  found.level = level;
  found.eventId = wholeNumber(text, id, idEnd);
  if (reading.clean) reading.at = message;
  setSanitized(found, text.slice(message, messageEnd), reading);
  if (!closed) found.lossless = false;
  found.family = evidence.family;
  return 'whole';
}

function readFile(found: Found, text: ByteString, reading: Reading, {head, name}: FileShape): Shape {
  const {start, end, evidence, force, files} = reading;
  const from = start + head.length;
  let nameAt = endsWithLast(files, text, end);
  if (nameAt < from) {
    const closed = text.startsWith(SCHEMA_END, end - SCHEMA_END.length);
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
function endsWithLast({ending}: FileNames, text: ByteString, end: number): number {
  const at = end - ending.length;
  return ending !== '' && at >= 0 && isAt(text, at, ending) ? at : -1;
}

function readProcess(found: Found, text: ByteString, reading: Reading): Shape {
  const {start, end, evidence} = reading;
  const from = start + PROCESS.length;
  const cut = start + CUT_RECORD;
  const isCut = end >= cut && text.startsWith(CUT_JSON, cut - CUT_JSON.length);
  const closed = !isCut && text.startsWith(SCHEMA_END, end - SCHEMA_END.length);
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
