import {LOG_SIGNS} from '../data/log-signs.ts';
import type {LogSign} from '../data/log-signs.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {millis} from '../snapshot/time.ts';
import type {NodeText} from './text.ts';

/** A line of a log that a check knows the meaning of. */
export interface LogLine {
  sign: LogSign['id'];
  component: string;
  file: string;
  /** Counts from 1 in the file as it was collected. */
  line: number;
  text: string;
  /** Milliseconds since 1970, where the line tells. */
  at?: number;
}

/** What is kept of the log files of a node: lines with a meaning, and which files there were. */
export interface NodeLogs {
  files: {component: string; file: string; lines: number}[];
  lines: LogLine[];
  /** Files and components that could not be read, by key. */
  missing: {key: string; gap: Missing}[];
}

export const NO_LOGS: NodeLogs = {files: [], lines: [], missing: []};

/** Lines of one sign that are kept of a file, the latest ones: the same error comes thousands of times. */
const MAX_LINES = 20;
/** Characters of a line that are kept. */
const MAX_TEXT = 500;

/** Takes a log file (`logs/<component>/<file>`) into what is known of a node's logs. */
export function takeLog(before: NodeLogs, {file, text}: NodeText): NodeLogs {
  const component = file.split('/')[1] ?? '';
  const signs = LOG_SIGNS.filter(s => s.components.includes(component));
  const found = new Map<string, LogLine[]>();
  let number = 0;
  for (const line of linesIn(text)) {
    number++;
    for (const sign of signs) {
      if (!line.includes(sign.contains) || (sign.matches && !sign.matches.test(line))) continue;
      const at = timeOf(line);
      const kept = found.get(sign.id) ?? [];
      kept.push({
        sign: sign.id,
        component,
        file,
        line: number,
        text: line.slice(0, MAX_TEXT),
        ...(at !== undefined && {at}),
      });
      if (kept.length > MAX_LINES) kept.shift();
      found.set(sign.id, kept);
    }
  }
  return {
    files: [...before.files, {component, file, lines: number}],
    lines: [...before.lines, ...[...found.values()].flat()],
    missing: before.missing,
  };
}

/** Lines of a text one by one: a log of many megabytes is never held twice. */
function* linesIn(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, text[stop - 1] === '\r' ? stop - 1 : stop);
    start = stop + 1;
  }
}

/** containerd's text format; klog lines have no year, so nothing is made of theirs. */
const LOGRUS_TIME = /time="?(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))/;

function timeOf(line: string): number | undefined {
  return millis(LOGRUS_TIME.exec(line.slice(0, 200))?.[1]);
}
