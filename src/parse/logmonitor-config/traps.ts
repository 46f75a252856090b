import type {ConfigFault, Section} from './config.ts';
import {SOURCE_TYPES, logConfigOf, typeOf} from './config.ts';
import type {Versions} from './versions.ts';

const SINCE_2_0: Versions = {from: '2.0', to: '2.2'};
/** Versions with layouts. */
const SINCE_2_1: Versions = {from: '2.1', to: '2.2'};
const ONLY_2_2: Versions = {from: '2.2', to: '2.2'};

/** Keys that 2.2 finds only in this spelling (Parser of v2.2.0, which reads them from a JSON library by name). */
const SPELLED = [
  'type',
  'channels',
  'providers',
  'keywords',
  'waitInSeconds',
  'includeSubdirectories',
  'startAtOldestRecord',
  'includeFileNames',
] as const;
/** Text of these tokens in a layout becomes nothing, as LogMonitor does not know them. */
const KNOWN_TOKENS = new Set([
  'timestamp',
  'severity',
  'source',
  'eventsource',
  'eventid',
  'message',
  'filename',
  'providerid',
  'providername',
  'decodingsource',
  'executionprocessid',
  'executionthreadid',
  'keyword',
  'eventdata',
]);

/** What released versions do with a configuration that nobody expects (facts are of their source; versions in the messages). */
export function trapFaults(value: unknown): ConfigFault[] {
  const config = logConfigOf(value);
  if (!config) return [];
  const sources = config.list('sources');
  return [
    ...blankKeys(config),
    ...sources.flatMap(source => [...sourceTraps(source), ...multiLine(source, config)]),
    ...mergedSources(sources),
    ...customTraps(config, sources),
  ];
}

/** A key with a blank at an end is none that LogMonitor knows: Microsoft's own first sample has one. */
function* blankKeys(section: Section): Generator<ConfigFault> {
  const inner = [...section.list('sources'), ...section.list('channels'), ...section.list('providers')];
  for (const key of section.keys()) {
    if (key === key.trim()) continue;
    yield {
      cause: 'key with a blank',
      pointer: section.at(key)?.pointer ?? section.pointer,
      value: key,
      message: `the key ${JSON.stringify(key)} has a blank at its end or start, and is ignored by every version`,
      fix: `Write it as ${JSON.stringify(key.trim())}.`,
    };
  }
  for (const one of inner) yield* blankKeys(one);
}

function* sourceTraps(source: Section): Generator<ConfigFault> {
  const type = source.text('type');
  const known = typeOf(source);
  if (known && type !== known) {
    yield spelling(source, 'type', `type ${JSON.stringify(type)}`, known);
  }
  for (const name of SPELLED) {
    const written = source.at(name)?.key;
    if (written !== undefined && written !== name)
      yield spelling(source, name, `the key ${JSON.stringify(written)}`, name);
  }
  if (typeof source.get('waitInSeconds') === 'string') {
    yield {
      cause: 'waitInSeconds as text',
      versions: ONLY_2_2,
      pointer: source.at('waitInSeconds')?.pointer ?? source.pointer,
      value: source.get('waitInSeconds'),
      message: `waitInSeconds ${JSON.stringify(source.get('waitInSeconds'))} is a text: 2.0.1 to 2.1.4 read it, 2.2 ignores it without a word and waits 300 s`,
      fix: 'Give a number of seconds.',
    };
  }
  if (source.get('includeFileNames') === true) {
    yield {
      cause: 'includeFileNames',
      versions: SINCE_2_0,
      pointer: source.at('includeFileNames')?.pointer ?? source.pointer,
      message:
        'includeFileNames works in 1.2.x only; from 2.0 on it is ignored, and every record has its FileName',
      fix: 'Leave it out.',
    };
  }
}

/** Whoever sets it wants one line a record, which JSON has anyway. */
function* multiLine(source: Section, config: Section): Generator<ConfigFault> {
  const format = config.text('logFormat')?.toLowerCase();
  if (source.get('eventFormatMultiLine') !== false || (format !== 'xml' && format !== 'custom')) return;
  yield {
    cause: 'eventFormatMultiLine',
    versions: SINCE_2_0,
    pointer: source.at('eventFormatMultiLine')?.pointer ?? source.pointer,
    message: `eventFormatMultiLine: false is ignored from 2.0 on: records in ${format === 'xml' ? 'XML' : 'a Custom format'} go over several lines`,
    fix: 'Choose logFormat JSON where each record must be one line.',
  };
}

function spelling(source: Section, name: string, what: string, right: string): ConfigFault {
  return {
    cause: 'spelling that 2.2 ignores',
    versions: ONLY_2_2,
    pointer: source.at(name)?.pointer ?? source.pointer,
    message: `${what} is read by versions to 2.1.4 only: 2.2 wants ${JSON.stringify(right)}, with this case, and drops the rest silently`,
    fix: `Write it as ${JSON.stringify(right)}.`,
  };
}

/** Several sources of one type are one: the flags and the layout of the last count for all. */
function* mergedSources(sources: readonly Section[]): Generator<ConfigFault> {
  for (const type of SOURCE_TYPES) {
    if (type !== 'EventLog' && type !== 'ETW') continue;
    const same = sources.filter(source => typeOf(source) === type);
    const last = same.at(-1);
    if (same.length < 2 || !last) continue;
    const differ = ['startAtOldestRecord', 'customLogFormat'].filter(name =>
      same.some(source => source.get(name) !== last.get(name)),
    );
    if (differ.length === 0) continue;
    yield {
      cause: 'sources that are merged',
      pointer: last.pointer,
      message: `${same.length} sources of type ${type} are merged into one, and of ${differ.join(' and ')} the last one's value counts for all`,
      fix: `Make one source of type ${type} that lists all.`,
    };
  }
}

function* customTraps(config: Section, sources: readonly Section[]): Generator<ConfigFault> {
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
  const unknown = pieces.filter((piece, i) => i % 2 === 1 && !KNOWN_TOKENS.has(piece.toLowerCase()));
  if (unknown.length === 0) return;
  yield {
    cause: 'unknown token',
    versions: SINCE_2_1,
    pointer,
    value: layout,
    message: `${unknown.map(token => `%${token}%`).join(', ')} in a layout is no token, and prints nothing`,
    fix: 'Tokens: https://github.com/microsoft/windows-container-tools/tree/main/LogMonitor/docs',
  };
}

/** Security channels of a configuration: audits have level 0, and LogMonitor asks for levels 1 to 5. */
export function auditChannels(value: unknown): {pointer: string; name: string}[] {
  const sources = logConfigOf(value)?.list('sources') ?? [];
  return sources
    .filter(source => typeOf(source) === 'EventLog')
    .flatMap(source => source.list('channels'))
    .flatMap(channel => {
      const name = channel.text('name') ?? '';
      return name.toLowerCase() === 'security'
        ? [{pointer: channel.at('name')?.pointer ?? channel.pointer, name}]
        : [];
    });
}
