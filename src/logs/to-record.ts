import {decodeUtf8} from './bytes.ts';
import type {LogOrigin, LogRecord} from './record.ts';
import {NO_ORIGIN} from './record.ts';

/** What a scanner found, as far as a record is made of it; texts are bytes. */
export interface FoundRecord {
  raw: string;
  rawStart: number;
  rawEnd: number;
  time: string | null;
  criTime: string | null;
  stream: LogRecord['stream'];
  source: LogRecord['source'];
  level: LogRecord['level'];
  provider: string | null;
  channel: string | null;
  eventId: number | null;
  file: string | null;
  message: string;
  /** Where the message stands in `raw`; -1 where nobody knows, or it is no stretch of it. */
  messageAt: number;
  /** Where the time stands in `raw`, as LogMonitor prints it; -1 where it does not. */
  timeAt: number;
  /** Where the time ends that the message begins with, where `time` is made of that; else 0. */
  stamp: number;
  isJson: boolean;
  /** JSON text of an object. */
  data: string | null;
  family: LogRecord['logMonitor']['major'];
  lossless: boolean;
  partial: boolean;
}

/** Text of a record's message. */
export function messageText({message, isJson}: Pick<FoundRecord, 'message' | 'isJson'>): string {
  if (!isJson) return decodeUtf8(message);
  // Content of a JSON string, checked when it was found.
  return message.includes('\\') ? (JSON.parse(`"${message}"`) as string) : message;
}

/** Makes the record (CONTRACT §5) of what was found. */
export function toRecord(found: FoundRecord, origin: LogOrigin = NO_ORIGIN, keepRaw = false): LogRecord {
  return {
    time: found.time,
    criTime: found.criTime,
    stream: found.stream,
    source: found.source,
    level: found.level,
    provider: textOrNull(found.provider),
    channel: textOrNull(found.channel),
    eventId: found.eventId,
    file: textOrNull(found.file),
    message: messageText(found),
    // What a scanner writes is an object of what LogValue names.
    data: found.data === null ? {} : (JSON.parse(decodeUtf8(found.data)) as LogRecord['data']),
    namespace: origin.namespace,
    pod: origin.pod,
    container: origin.container,
    node: origin.node,
    logMonitor: {major: found.family},
    ...(keepRaw && {raw: decodeUtf8(found.raw.slice(found.rawStart, found.rawEnd))}),
    lossless: found.lossless,
    ...(found.partial && {partial: true as const}),
  };
}

function textOrNull(bytes: string | null): string | null {
  return bytes === null ? null : decodeUtf8(bytes);
}
