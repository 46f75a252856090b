/** RFC 3339 near the start of a line, bare or as logrus (`time="…"`) and zap (`"ts":"…"`) write it. */
const RFC3339 = /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})/;
/** `2026/09/01 12:00:00`, as Go's log package writes it: the node's own time zone. */
const LOCAL = /^\W{0,2}(\d{4})[/-](\d{2})[/-](\d{2})[T ](\d{2}):(\d{2}):(\d{2})/;
/** klog's header, without a year and in the node's time zone (https://github.com/kubernetes/klog/blob/main/klog.go, formatHeader). */
const KLOG = /^[IWEF](\d{2})(\d{2}) (\d{2}):(\d{2}):(\d{2})\./;

const HEAD = 80;
const DAY_MS = 86_400_000;

/** When a line was written, milliseconds since 1970; nothing where it does not say. */
export function lineTime(line: string, nowMs: number): number | undefined {
  const head = line.slice(0, HEAD);
  const [stamp] = RFC3339.exec(head) ?? [];
  if (stamp !== undefined) {
    const time = Date.parse(
      stamp
        .replace(' ', 'T')
        .replace(',', '.')
        .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
    );
    return Number.isNaN(time) ? undefined : time;
  }
  const local = LOCAL.exec(head)?.slice(1).map(Number);
  if (local) return localTime(local);
  const klog = KLOG.exec(head)?.slice(1).map(Number);
  if (!klog) return undefined;
  const year = new Date(nowMs).getFullYear();
  const time = localTime([year, ...klog]);
  return time > nowMs + DAY_MS ? localTime([year - 1, ...klog]) : time;
}

function localTime([
  year = 0,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
]: readonly number[]): number {
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}

/** Leaves out lines that are older than a time. */
export interface SinceFilter {
  /** Takes whole lines, gives those that stay. */
  push(lines: string): string;
}

/**
 * Lines of a log are in the order of time: from the first one that is new enough on everything stays. A line without a time
 * belongs to the one before it; what comes before any time is kept, as nobody knows how old it is.
 */
export function sinceFilter(sinceMs: number, now: () => number): SinceFilter {
  let state: 'undated' | 'old' | 'new' = 'undated';
  return {
    push(lines) {
      if (state === 'new') return lines;
      let kept = '';
      for (const line of lines.split(/(?<=\n)/)) {
        if (state !== 'new') {
          const time = lineTime(line, now());
          if (time !== undefined) state = time >= sinceMs ? 'new' : 'old';
        }
        if (state !== 'old') kept += line;
      }
      return kept;
    },
  };
}
