import {millis} from '../snapshot/time.ts';
import {decodeUtf8} from './bytes.ts';
import type {LogLevel, LogSource} from './record.ts';
import {LOG_LEVELS} from './record.ts';
import type {FoundRecord} from './to-record.ts';
import {messageText} from './to-record.ts';

/** What to let through; absent fields let everything through. */
export interface LogFilter {
  sources?: ReadonlySet<LogSource>;
  /** This level and worse ones. */
  level?: LogLevel;
  eventIds?: ReadonlySet<number>;
  /** Patterns that the whole value must match, without regard to case. */
  providers?: readonly RegExp[];
  channels?: readonly RegExp[];
  files?: readonly RegExp[];
  /** Any of them somewhere in the message. */
  include?: readonly RegExp[];
  /** None of them anywhere in the message. */
  exclude?: readonly RegExp[];
  /** Milliseconds since 1970, the first included, the last not. */
  since?: number;
  until?: number;
}

/** Decides on a record. A record without a time belongs to the moment of the one before it in its stream. */
export type Sieve = (found: FoundRecord) => boolean;

/** Makes the test of a filter for one stream: what is cheap is asked first. Undefined where everything passes. */
export function sieveOf(filter: LogFilter): Sieve | undefined {
  const tests: Sieve[] = [];
  const {sources, level, eventIds, providers, channels, files, include, exclude} = filter;
  if (sources) tests.push(found => sources.has(found.source));
  if (level) tests.push(atLeast(level));
  if (eventIds) tests.push(({eventId}) => eventId !== null && eventIds.has(eventId));
  if (providers) tests.push(({provider}) => matches(provider, providers));
  if (channels) tests.push(({channel}) => matches(channel, channels));
  if (files) tests.push(({file}) => matches(file, files));
  if (include) tests.push(found => some(include, messageText(found)));
  if (exclude) tests.push(found => !some(exclude, messageText(found)));
  const inTime = timeTest(filter);
  if (inTime) tests.unshift(inTime);
  if (tests.length === 0) return undefined;
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return found => tests.every(test => test(found));
}

function atLeast(level: LogLevel): Sieve {
  const passing = new Set<LogLevel | null>(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
  return found => passing.has(found.level);
}

function matches(value: string | null, patterns: readonly RegExp[]): boolean {
  return value !== null && some(patterns, decodeUtf8(value));
}

function some(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some(pattern => pattern.test(text));
}

function timeTest({since, until}: LogFilter): Sieve | undefined {
  if (since === undefined && until === undefined) return undefined;
  const from = since ?? -Infinity;
  const to = until ?? Infinity;
  let last: number | undefined;
  let lastText: string | null = null;
  return ({criTime, time}) => {
    const text = criTime ?? time;
    if (text !== null && text !== lastText) {
      lastText = text;
      last = millis(text) ?? last;
    }
    // What stands before the first time that a log shows is shown: it may be of any time.
    return last === undefined || (last >= from && last < to);
  };
}

/** A pattern as people write names: `*` and `?` stand for anything, case does not count. */
export function namePattern(text: string): RegExp {
  const escaped = text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}
