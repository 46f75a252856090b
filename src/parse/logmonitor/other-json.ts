import type {ByteString} from '../../logs/bytes.ts';
import {decodeUtf8, encodeUtf8} from '../../logs/bytes.ts';
import type {LogSource, LogValue} from '../../logs/record.ts';
import {levelOf} from '../applog/levels.ts';
import type {EtwItem} from './etw.ts';
import {eventMessage, numberOf, setEtwEvent} from './etw.ts';
import type {Found} from './found.ts';
import type {Reading} from './reading.ts';
import type {Shape} from './shapes.ts';

const SOURCES: ReadonlySet<string> = new Set<LogSource>(['EventLog', 'File', 'ETW', 'Process']);
/** Numbers outside strings that JSON.parse would round: they become strings first. */
const LONG_NUMBER = /("(?:[^"\\]|\\.)*")|(-?\d[\d.]{15,})(?=[,}\]\s])/g;
/** Longer objects are no record that somebody wrote anew. */
const MAX_LENGTH = 256 * 1024;

/**
 * Reads a record whose JSON is valid but spaced or ordered in another way than LogMonitor's: log shippers and people write
 * it anew. `none` where it is something else.
 */
export function otherJson(found: Found, text: ByteString, {start, end, evidence, force}: Reading): Shape {
  if (end - start > MAX_LENGTH || text.charCodeAt(end - 1) !== 0x7d) return force ? 'none' : 'open';
  const value = parse(decodeUtf8(text.slice(start, end)));
  const entry = value?.['LogEntry'];
  const source = value?.['Source'];
  if (!isObject(entry) || typeof source !== 'string' || !isSource(source)) return 'none';
  found.source = source;
  evidence.atLeast(entry['EventSource'] === undefined ? '2.0' : '2.1');
  found.time = stringOf(entry['Time']);
  found.level = levelOf(stringOf(entry['Level']) ?? '') ?? null;
  found.channel = bytesOf(entry['Channel']);
  found.file = bytesOf(entry['FileName']);
  found.provider = bytesOf(entry['EventSource']) ?? bytesOf(entry['ProviderName']);
  found.message = bytesOf(entry['Message']) ?? bytesOf(entry['Logline']) ?? '';
  if (source === 'ETW') setEvent(found, entry);
  else found.eventId = typeof entry['EventId'] === 'number' ? entry['EventId'] : null;
  found.family = evidence.family;
  return 'whole';
}

function setEvent(found: Found, entry: {[key: string]: LogValue}): void {
  const execution = isObject(entry['Execution']) ? entry['Execution'] : {};
  const data = isObject(entry['EventData']) ? entry['EventData'] : {};
  const items: EtwItem[] = Object.entries(data);
  setEtwEvent(
    found,
    {
      providerId: textOf(entry['ProviderId']),
      decodingSource: textOf(entry['DecodingSource']),
      processId: textOf(execution['ProcessId']),
      threadId: textOf(execution['ThreadId']),
      keyword: textOf(entry['Keyword']),
      id: textOf(entry['EventId']),
    },
    items,
  );
  found.message = eventMessage(items);
}

function parse(text: string): {[key: string]: LogValue} | undefined {
  try {
    const kept = text.replaceAll(
      LONG_NUMBER,
      (all, inString: string | undefined, digits: string | undefined) =>
        inString === undefined && digits !== undefined && typeof numberOf(digits) === 'string'
          ? `"${digits}"`
          : all,
    );
    // JSON.parse gives nothing else than what LogValue names.
    const value = JSON.parse(kept) as LogValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: LogValue | undefined): value is {[key: string]: LogValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSource(source: string): source is LogSource {
  return SOURCES.has(source);
}

function stringOf(value: LogValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textOf(value: LogValue | undefined): ByteString | undefined {
  return typeof value === 'string' || typeof value === 'number' ? encodeUtf8(String(value)) : undefined;
}

function bytesOf(value: LogValue | undefined): ByteString | null {
  return typeof value === 'string' ? encodeUtf8(value) : null;
}
