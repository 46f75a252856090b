import {readEvents} from '../node/eventlog.ts';
import {millis, rfc3339} from '../snapshot/time.ts';
import type {ByteString} from './bytes.ts';
import {decodeUtf8, encodeUtf8} from './bytes.ts';
import type {LogLevel} from './record.ts';
import type {FoundRecord} from './to-record.ts';

/** Reads the lines of a node's log into records. */
export type NodeLineReader = (line: ByteString) => FoundRecord;

const EMPTY: FoundRecord = {
  raw: '',
  rawStart: 0,
  rawEnd: 0,
  time: null,
  criTime: null,
  stream: null,
  source: 'Raw',
  level: null,
  provider: null,
  channel: null,
  eventId: null,
  file: null,
  message: '',
  isJson: false,
  data: null,
  family: null,
  lossless: true,
  partial: false,
};

/** Levels of the Windows event log (https://learn.microsoft.com/windows/win32/wes/defining-severity-levels); 0 is logged always. */
const EVENT_LEVELS: readonly (LogLevel | null)[] = [
  null,
  'Critical',
  'Error',
  'Warning',
  'Information',
  'Verbose',
];

/** A channel as the agent sends it: one event a line, as rendered XML. */
export function eventLine(channel: string): NodeLineReader {
  return line => {
    const text = decodeUtf8(line);
    const [event] = readEvents(text, {file: '', channel, keep: () => true}).events;
    const base = {...EMPTY, raw: line, rawEnd: line.length};
    if (!event) return {...base, message: line};
    const data = Object.keys(event.data).length > 0 ? encodeUtf8(JSON.stringify(event.data)) : null;
    return {
      ...base,
      source: 'EventLog',
      time: event.time === '' ? null : event.time,
      level: EVENT_LEVELS[event.level] ?? null,
      provider: encodeUtf8(event.provider),
      channel: encodeUtf8(event.channel),
      eventId: event.id,
      // Without a rendered message, what the event says of itself is its data.
      message: encodeUtf8(event.message ?? Object.values(event.data).join('; ')),
      data,
    };
  };
}

/** klog: `E0901 12:00:00.123456    4321 file.go:1] text` (https://github.com/kubernetes/klog/blob/main/klog.go, formatHeader). */
const KLOG = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) /;
const KLOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  I: 'Information',
  W: 'Warning',
  E: 'Error',
  F: 'Critical',
};
/** logrus, which containerd uses: `time="2026-09-01T12:00:00Z" level=error msg="…"`. */
const LOGRUS = /^time="(\d{4}-\d\d-\d\dT[^"]{8,30})" level=([a-z]+) /;
const LOGRUS_LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'Verbose',
  debug: 'Verbose',
  info: 'Information',
  warning: 'Warning',
  error: 'Error',
  fatal: 'Critical',
  panic: 'Critical',
};
const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))[ \t]/;

/**
 * A file of a Kubernetes component. klog leaves out the year and the zone: the year is that of `now`, or the one before
 * where that would be the future, and the zone UTC, as servers have it.
 */
export function fileLine(component: string, nowMs: number): NodeLineReader {
  const file = encodeUtf8(component);
  return line => {
    const base = {...EMPTY, raw: line, rawEnd: line.length, source: 'File' as const, file, message: line};
    const klog = KLOG.exec(line);
    if (klog) {
      const [, letter = '', month = '', day = '', time = ''] = klog;
      return {...base, level: KLOG_LEVELS[letter] ?? null, time: klogTime(`${month}-${day}T${time}Z`, nowMs)};
    }
    const logrus = LOGRUS.exec(line);
    if (logrus) return {...base, time: logrus[1] ?? null, level: LOGRUS_LEVELS[logrus[2] ?? ''] ?? null};
    return {...base, time: RFC3339.exec(line)?.[1] ?? null};
  };
}

const DAY_MS = 86_400_000;

function klogTime(rest: string, nowMs: number): string | null {
  const year = Number(rfc3339(nowMs).slice(0, 4));
  const at = millis(`${year}-${rest}`);
  if (at === undefined) return null;
  return at > nowMs + DAY_MS ? `${year - 1}-${rest}` : `${year}-${rest}`;
}
