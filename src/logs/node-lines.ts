import type {WinEvent} from '../node/eventlog.ts';
import {readEvents} from '../node/eventlog.ts';
import {millis, rfc3339} from '../snapshot/time.ts';
import type {ByteString} from './bytes.ts';
import {decodeUtf8, encodeUtf8} from './bytes.ts';
import {madeRecord} from './made-record.ts';
import type {LogLevel} from './record.ts';
import type {FoundRecord} from './to-record.ts';

/** Reads the lines of a node's log into records. */
export type NodeLineReader = (line: ByteString) => FoundRecord;

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
    const base = {raw: line, rawEnd: line.length};
    return event ? {...winEventRecord(event), ...base} : madeRecord({...base, message: line});
  };
}

/** An event of Windows as a record. */
export function winEventRecord(event: WinEvent): FoundRecord {
  const data = Object.keys(event.data).length > 0 ? encodeUtf8(JSON.stringify(event.data)) : null;
  return madeRecord({
    source: 'EventLog',
    time: event.time === '' ? null : event.time,
    level: EVENT_LEVELS[event.level] ?? null,
    provider: encodeUtf8(event.provider),
    channel: encodeUtf8(event.channel),
    eventId: event.id,
    // Without a rendered message, what the event says of itself is its data.
    message: encodeUtf8(event.message ?? Object.values(event.data).join('; ')),
    data,
  });
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
    const base = {raw: line, rawEnd: line.length, source: 'File' as const, file, message: line};
    const klog = KLOG.exec(line);
    if (klog) {
      const [, letter = '', month = '', day = '', time = ''] = klog;
      const at = klogTime(`${month}-${day}T${time}Z`, nowMs);
      return madeRecord({...base, level: KLOG_LEVELS[letter] ?? null, time: at});
    }
    const logrus = LOGRUS.exec(line);
    if (logrus) {
      const [, time = '', level = ''] = logrus;
      return madeRecord({...base, time, level: LOGRUS_LEVELS[level] ?? null});
    }
    return madeRecord({...base, time: RFC3339.exec(line)?.[1] ?? null});
  };
}

const DAY_MS = 86_400_000;

function klogTime(rest: string, nowMs: number): string | null {
  const year = Number(rfc3339(nowMs).slice(0, 4));
  const at = millis(`${year}-${rest}`);
  if (at === undefined) return null;
  return at > nowMs + DAY_MS ? `${year - 1}-${rest}` : `${year}-${rest}`;
}
