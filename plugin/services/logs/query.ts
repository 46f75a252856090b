import type {LogFilter} from '../../../src/logs/filter.ts';
import {namePattern} from '../../../src/logs/filter.ts';
import type {LogLevel, LogSource} from '../../../src/logs/record.ts';
import {LOG_LEVELS, LOG_SOURCES} from '../../../src/logs/record.ts';
import type {Layout} from '../../../src/parse/logmonitor/layout.ts';
import {parseLayout} from '../../../src/parse/logmonitor/layout.ts';
import {levelOf} from '../../../src/parse/applog/levels.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {millis} from '../../../src/snapshot/time.ts';
import {UserError} from '../../errors.ts';
import type {ColorChoice} from '../../terminal.ts';
import type {ClusterFlags} from '../access.ts';

/** Flags of `logs` that choose and show records, as oclif parses them. */
export interface LogsFlags {
  'file-input'?: string | undefined;
  'input-format': 'auto' | 'cri' | 'plain';
  'logmonitor-layout'?: string[] | undefined;
  threads: number;
  'from-source'?: string[] | undefined;
  level?: string | undefined;
  'event-id'?: string[] | undefined;
  provider?: string[] | undefined;
  channel?: string[] | undefined;
  file?: string[] | undefined;
  include?: string[] | undefined;
  exclude?: string[] | undefined;
  highlight?: string[] | undefined;
  since?: string | undefined;
  'since-time'?: string | undefined;
  until?: string | undefined;
  tail?: number | undefined;
  'limit-bytes'?: number | undefined;
  output: string;
  timestamps: boolean;
  timezone?: string | undefined;
  /** Undefined: where logs of several containers meet. */
  prefix?: boolean | undefined;
  color: ColorChoice;
  'keep-raw': boolean;
  stats: boolean;
}

/** Flags of `logs` that say whose logs of a cluster to show. */
export interface LiveLogsFlags extends LogsFlags, ClusterFlags {
  from?: string | undefined;
  identity?: string[] | undefined;
  namespace?: string | undefined;
  'all-namespaces': boolean;
  selector?: string | undefined;
  container?: string | undefined;
  'all-containers': boolean;
  previous: boolean;
  follow: boolean;
  'max-log-requests': number;
  source?: string | undefined;
  'list-sources': boolean;
  'allow-exec': boolean;
  'node-proxy': boolean;
  timeline: boolean;
}

/** The filter that flags ask for. Throws a `UserError` for values that mean nothing. */
export function filterOf(flags: LogsFlags, now: number): LogFilter {
  const filter: LogFilter = {};
  const sources = list(flags['from-source']);
  if (sources) filter.sources = new Set(sources.map(sourceOf));
  if (flags.level !== undefined) filter.level = levelFlag(flags.level);
  const ids = list(flags['event-id']);
  if (ids) filter.eventIds = new Set(ids.map(eventId));
  const providers = list(flags.provider);
  if (providers) filter.providers = providers.map(namePattern);
  const channels = list(flags.channel);
  if (channels) filter.channels = channels.map(namePattern);
  const files = list(flags.file);
  if (files) filter.files = files.map(namePattern);
  const include = list(flags.include);
  if (include) filter.include = include.map(text => regexp('include', text));
  const exclude = list(flags.exclude);
  if (exclude) filter.exclude = exclude.map(text => regexp('exclude', text));
  const since = sinceOf(flags, now);
  if (since !== undefined) filter.since = since;
  if (flags.until !== undefined) filter.until = momentOf('until', flags.until, now);
  return filter;
}

/** The layouts of the Custom format that flags give. Throws a `UserError` for one without a message. */
export function layoutsOf(flags: LogsFlags): Layout[] {
  return (flags['logmonitor-layout'] ?? []).map(text => {
    const layout = parseLayout(text);
    const tokens = new Set(layout.parts.flatMap(part => ('token' in part ? [part.token] : [])));
    if (!tokens.has('source') || !(tokens.has('message') || tokens.has('eventdata'))) {
      throw usage(`--logmonitor-layout ${text} has no %Source%, or neither %Message% nor %EventData%`);
    }
    return layout;
  });
}

function list<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values && values.length > 0 ? values : undefined;
}

function sourceOf(text: string): LogSource {
  const source = LOG_SOURCES.find(s => s.toLowerCase() === text.toLowerCase());
  if (!source) throw usage(`--from-source ${text} is none of ${LOG_SOURCES.join(', ')}`);
  return source;
}

function levelFlag(text: string): LogLevel {
  const level = levelOf(text);
  if (!level) throw usage(`--level ${text} is none of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function eventId(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw usage(`--event-id ${text} is no number`);
  return Number(text);
}

/** Patterns to mark in text output. */
export function highlightsOf(flags: LogsFlags): RegExp[] {
  return (flags.highlight ?? []).map(text => regexp('highlight', text, 'gu'));
}

function regexp(flag: string, text: string, how = 'u'): RegExp {
  try {
    return new RegExp(text, how);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    throw usage(`--${flag} ${text} is no regular expression: ${reason}`);
  }
}

function sinceOf(flags: LogsFlags, now: number): number | undefined {
  const {since, 'since-time': sinceTime} = flags;
  if (since !== undefined && sinceTime !== undefined)
    throw usage('--since and --since-time exclude each other');
  if (since !== undefined) {
    const ms = parseDuration(since);
    if (ms === undefined) throw usage(`--since ${since} is no duration such as 5m, 2h30m or 3d`);
    return now - ms;
  }
  return sinceTime === undefined ? undefined : momentOf('since-time', sinceTime, now);
}

/** A moment: RFC 3339, or a duration before now. */
function momentOf(flag: string, text: string, now: number): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return now - ms;
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? millis(text) : undefined;
  if (at === undefined) throw usage(`--${flag} ${text} is no time such as 2026-03-05T09:10:11Z`);
  return at;
}

const UNIT_MS: Record<string, number> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** Milliseconds of a duration as kubectl writes it, and days; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(number) * (UNIT_MS[unit] ?? 0);
  }
  return sum;
}

/** How many of the last records are wanted; undefined for all. */
export function tailOf({tail}: Pick<LogsFlags, 'tail'>): number | undefined {
  return tail === undefined || tail < 0 ? undefined : tail;
}

/** An error for a command line that means nothing. */
export function usage(message: string): UserError {
  return new UserError(message, {
    code: 'logs-usage',
    fix: ['Flags: `kubectl win logs --help`'],
    exitCode: EXIT.usage,
  });
}
