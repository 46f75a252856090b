import type {ConfigFault, Section} from './config.ts';
import {SOURCE_TYPES, logConfigOf, typeOf} from './config.ts';
import {layoutFaults} from './layout-traps.ts';
import {oldVersionFaults} from './old-versions.ts';
import type {Versions} from './versions.ts';

const SINCE_2_0: Versions = {from: '2.0', to: '2.2'};
const ONLY_2_2: Versions = {from: '2.2', to: '2.2'};

/** Keys that 2.2 finds only in this spelling (Parser of v2.2.0, which reads them from a JSON library by name). */
const SPELLED = [
  'type',
  'channels',
  'providers',
  'waitInSeconds',
  'includeSubdirectories',
  'startAtOldestRecord',
  'eventFormatMultiLine',
  'customLogFormat',
] as const;
/** The same in an item of `providers`. */
const SPELLED_OF_PROVIDER = ['keywords'] as const;
/** What released versions do with a configuration that nobody expects (facts are of their source; versions in the messages). */
export function trapFaults(value: unknown): ConfigFault[] {
  const config = logConfigOf(value);
  if (!config) return [];
  const sources = config.list('sources');
  return [
    ...blankKeys(config),
    ...sources.flatMap(source => [...sourceTraps(source), ...multiLine(source, config)]),
    ...mergedSources(sources),
    ...layoutFaults(config, sources),
    ...oldVersionFaults(config, sources),
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
  // 2.2 looks for the layout of files in both spellings.
  for (const name of SPELLED)
    if (name !== 'customLogFormat' || known !== 'File') yield* misspelled(source, name);
  for (const provider of source.list('providers'))
    for (const name of SPELLED_OF_PROVIDER) yield* misspelled(provider, name);
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

function* misspelled(section: Section, name: string): Generator<ConfigFault> {
  const written = section.at(name)?.key;
  if (written !== undefined && written !== name)
    yield spelling(section, name, `the key ${JSON.stringify(written)}`, name);
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
