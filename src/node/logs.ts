import {LOG_SIGNS} from '../data/log-signs.ts';
import type {LogSign} from '../data/log-signs.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import {millis} from '../snapshot/time.ts';
import {Clock} from './line-age.ts';
import {LOG_CHANNEL_FILE, channelLines} from './log-channel.ts';
import type {PodErrorKind} from './pod-errors.ts';
import {podErrorOf} from './pod-errors.ts';
import type {PodError} from './pod-errors.ts';
import type {NodeText} from './text.ts';

/** A line of a log that a check knows the meaning of. */
export interface LogLine {
  sign: LogSign['id'];
  component: string;
  file: string;
  /** Counts from 1 in the file as it was collected; in an event log it is the position of the event. */
  line: number;
  text: string;
  /** Milliseconds since 1970, where the line tells. */
  at?: number;
  /** Milliseconds before the last line of its file, which is the only age that a time without a year has. */
  beforeEnd?: number;
  /** The pod that it is about, and what it says of it. */
  error?: PodError;
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
/** Lines of one pod: what was wrong last, and what was before an echo of it. */
const MAX_POD_LINES = 3;
/** Pods of one file. A node has 110, and those that are gone count, too. */
const MAX_PODS = 500;
/** Characters of a line that are kept. */
const MAX_TEXT = 1000;

const OF_PODS: Readonly<Record<PodErrorKind, true>> = {
  'sandbox-failed': true,
  'container-failed': true,
  'mount-failed': true,
};

/** Takes a log file (`logs/<component>/<file>`), or a channel that is one, into what is known of a node's logs. */
export function takeLog(before: NodeLogs, {file, text}: NodeText): NodeLogs {
  const isChannel = file === LOG_CHANNEL_FILE;
  const clock = new Clock(isChannel ? '' : text);
  const signs = new Map<string, readonly LogSign[]>();
  const found = new Map<string, LogLine[]>();
  const counts = new Map<string, number>();
  for (const line of isChannel ? channelLog(text) : textLog(componentOf(file), text)) {
    const {component} = line;
    counts.set(component, (counts.get(component) ?? 0) + 1);
    const known = signs.get(component) ?? LOG_SIGNS.filter(s => s.components.includes(component));
    signs.set(component, known);
    for (const meaning of meaningsOf(line.text, known))
      keep(found, {
        ...line,
        file,
        ...meaning,
        ...clock.timesOf(line.text),
        ...(line.at !== undefined && {at: line.at}),
      });
  }
  // A file without a line was read all the same.
  if (counts.size === 0) counts.set(componentOf(file), 0);
  return {
    files: [...before.files, ...[...counts].map(([component, lines]) => ({component, file, lines}))],
    lines: [...before.lines, ...[...found.values()].flat()],
    missing: before.missing,
  };
}

/** A line before anything is made of it, whole. */
type WholeLine = Pick<LogLine, 'component' | 'line' | 'text' | 'at'>;

function componentOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function* textLog(component: string, text: string): Generator<WholeLine> {
  let line = 0;
  for (const whole of linesIn(text)) {
    line++;
    yield {component, line, text: whole};
  }
}

/** The newest last, as a file has it. */
function channelLog(xml: string): WholeLine[] {
  return channelLines(xml)
    .map(({index, component, text, time}) => ({component, line: index, text, at: millis(time) ?? 0}))
    .sort((a, b) => a.at - b.at);
}

function* meaningsOf(
  text: string,
  signs: readonly LogSign[],
): Generator<Pick<LogLine, 'sign' | 'text' | 'error'>> {
  for (const {id, contains, matches} of signs) {
    if (!text.includes(contains) || (matches && !matches.test(text))) continue;
    const error = isOfPods(id) ? podErrorOf(id, text) : undefined;
    if (isOfPods(id) && !error) continue;
    yield {sign: id, text: text.slice(0, MAX_TEXT), ...(error && {error})};
  }
}

function keep(found: Map<string, LogLine[]>, line: LogLine): void {
  const key = line.error ? `${line.sign}\0${line.error.pod}` : line.sign;
  const known = found.get(key);
  if (!known && found.size >= MAX_PODS) return;
  const kept = known ?? [];
  kept.push(line);
  if (kept.length > (line.error ? MAX_POD_LINES : MAX_LINES)) kept.shift();
  found.set(key, kept);
}

function isOfPods(id: LogSign['id']): id is PodErrorKind {
  return Object.hasOwn(OF_PODS, id);
}

/** Why nothing follows from there being no line of any of these components; nothing where a log of one was read. */
export function logGap({files, missing: gaps}: NodeLogs, components: readonly string[]): Missing | undefined {
  if (files.some(f => components.includes(f.component))) return undefined;
  const [first = ''] = components;
  const lost = gaps.find(g => components.some(c => g.key === `logs.${c}` || g.key.startsWith(`logs.${c}.`)));
  return (
    lost?.gap ?? missing('unsupported', `${first} writes no log file on this node that the agent knows of`)
  );
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
