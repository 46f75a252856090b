import type {ConfigFault, Section} from './config.ts';
import {typeOf} from './config.ts';
import type {Versions} from './versions.ts';

/** Versions with layouts. */
const SINCE_2_1: Versions = {from: '2.1', to: '2.2'};
const ONLY_2_2: Versions = {from: '2.2', to: '2.2'};

/** Tokens that each type of source fills in; every other one becomes nothing (EventMonitor.cpp, EtwMonitor.cpp, LogFileMonitor.cpp, ProcessMonitor.cpp). */
const TOKENS = {
  EventLog: new Set(['TimeStamp', 'Severity', 'Source', 'EventSource', 'EventID', 'Message'].map(lower)),
  ETW: new Set(
    [
      'TimeStamp',
      'Severity',
      'Source',
      'ProviderId',
      'ProviderName',
      'DecodingSource',
      'ExecutionProcessId',
      'ExecutionThreadId',
      'Keyword',
      'EventId',
      'EventData',
    ].map(lower),
  ),
  File: new Set(['TimeStamp', 'FileName', 'Source', 'Message'].map(lower)),
  Process: new Set(['TimeStamp', 'Source', 'Message'].map(lower)),
} as const;

function lower(token: string): string {
  return token.toLowerCase();
}

/** Faults of `customLogFormat`, in one source or because of what another says. */
export function* layoutFaults(config: Section, sources: readonly Section[]): Generator<ConfigFault> {
  const isCustom = config.text('logFormat')?.toLowerCase() === 'custom';
  for (const source of sources) {
    const layout = source.text('customLogFormat');
    if (layout === undefined) {
      if (isCustom && typeOf(source) !== undefined) {
        yield {
          cause: 'custom format without layout',
          versions: ONLY_2_2,
          pointer: source.pointer,
          message: `logFormat is Custom and this source has no customLogFormat: to 2.1.4 a default layout is used, 2.2 prints empty lines`,
          fix: 'Give each source a customLogFormat.',
        };
      }
      continue;
    }
    yield* layoutTraps(source, layout);
  }
}

function* layoutTraps(source: Section, layout: string): Generator<ConfigFault> {
  const pointer = source.at('customLogFormat')?.pointer ?? source.pointer;
  const bar = layout.lastIndexOf('|');
  const suffix = layout
    .slice(bar + 1)
    .replaceAll(' ', '')
    .toLowerCase();
  if (bar >= 0 && suffix === 'json') {
    yield {
      cause: 'JSON layout in 2.2',
      versions: ONLY_2_2,
      pointer,
      value: layout,
      message: 'a layout that ends in |JSON works to 2.1.4; 2.2 escapes the whole line and prints no JSON',
      fix: 'Use logFormat JSON with 2.2.',
    };
  } else if (bar >= 0) {
    yield {
      cause: 'bar in a layout',
      versions: SINCE_2_1,
      pointer,
      value: layout,
      message: 'what stands after the last | of a layout is always cut off, not only |JSON',
      fix: 'Use another separator.',
    };
  }
  const pieces = (bar < 0 ? layout : layout.slice(0, bar)).split('%');
  if (pieces.length % 2 === 0) {
    yield {
      cause: 'lone percent sign',
      versions: SINCE_2_1,
      pointer,
      value: layout,
      message: 'a % without a second one makes LogMonitor loop for ever at the first record',
      fix: 'Write tokens with a % on both sides, and no other %.',
    };
    return;
  }
  const known = TOKENS[typeOf(source) ?? 'Process'];
  const unknown = pieces.filter((piece, i) => i % 2 === 1 && !known.has(piece.toLowerCase()));
  if (unknown.length === 0) return;
  yield {
    cause: 'unknown token',
    versions: SINCE_2_1,
    pointer,
    value: layout,
    message: `${unknown.map(token => `%${token}%`).join(', ')} in a layout of ${typeOf(source) ?? 'this type'} is no token, and prints nothing`,
    fix: `Tokens there: ${[...known].map(token => `%${token}%`).join(' ')}, in any case.`,
  };
}
