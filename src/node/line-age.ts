import {DAY, HOUR, MINUTE, SECOND, millis} from '../snapshot/time.ts';

/** When a line was written, as far as it tells. */
export interface LineTimes {
  /** Milliseconds since 1970. */
  at?: number;
  /** Milliseconds before the last line of its text that has a time. */
  beforeEnd?: number;
}

/** Reads the times of lines of one text: klog's have no year and no zone, so they have an age only against one another. */
export class Clock {
  readonly #end: number | undefined;

  constructor(text: string) {
    this.#end = lastStamp(text);
  }

  timesOf(line: string): LineTimes {
    const at = millis(LOGRUS_TIME.exec(line.slice(0, HEAD))?.[1]);
    const stamp = klogStamp(line);
    const age = stamp === undefined || this.#end === undefined ? undefined : this.#end - stamp;
    return {
      ...(at !== undefined && {at}),
      // A text from December to January ends earlier in its year than it began.
      ...(age !== undefined && {beforeEnd: age < 0 ? age + YEAR : age}),
    };
  }
}

/** Times stand at the begin of a line. */
const HEAD = 200;
/** containerd's text format. */
const LOGRUS_TIME = /time="?(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))/;
/** `E1129 12:00:29.123456` (https://github.com/kubernetes/klog/blob/main/klog.go). */
const KLOG_TIME = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)/;
/** Days before each month. Without a year nobody knows of a leap day: an age over the end of February may be a day too long. */
const DAYS_BEFORE = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
const YEAR = 366 * DAY;

/** Milliseconds since the begin of an unknown year. */
function klogStamp(line: string): number | undefined {
  const [, month, day, hour, minute, second] = (KLOG_TIME.exec(line.slice(0, HEAD)) ?? []).map(Number);
  const before = DAYS_BEFORE[(month ?? 0) - 1];
  if (before === undefined || day === undefined) return undefined;
  return (before + day - 1) * DAY + (hour ?? 0) * HOUR + (minute ?? 0) * MINUTE + (second ?? 0) * SECOND;
}

/** Lines without a time that may follow the last one that has it: a stack, a document. */
const TAIL = 65_536;

function lastStamp(text: string): number | undefined {
  const lines = text.slice(-TAIL).split('\n');
  for (const line of lines.reverse()) {
    const stamp = klogStamp(line);
    if (stamp !== undefined) return stamp;
  }
  return undefined;
}
