import type {ConfigFault} from './config.ts';
import {SOURCE_TYPES, Section, logConfigOf, typeOf} from './config.ts';

/** `All` is none of them (Parser/ConfigFileParser.cpp). */
const LEVELS = ['Critical', 'Error', 'Warning', 'Information', 'Verbose'] as const;
const FORMATS = ['JSON', 'XML', 'Custom'] as const;
const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
/** A whole drive with its folders is refused (docs/README.md of LogMonitor). */
const ROOT = /^(?:\\\\\?\\)?[a-z]:[\\/]*$/i;

/** What in a configuration breaks the schema that all versions share. */
export function schemaFaults(value: unknown): ConfigFault[] {
  const config = logConfigOf(value);
  if (!config) {
    return [
      {
        cause: 'no LogConfig',
        pointer: '',
        message: 'it has no object `LogConfig`, so LogMonitor prints nothing but an error',
        fix: 'Wrap the sources: `{"LogConfig": {"sources": […]}}`.',
      },
    ];
  }
  return [...formatFaults(config), ...sourcesFaults(config)];
}

function* formatFaults(config: Section): Generator<ConfigFault> {
  const format = config.get('logFormat');
  if (format === undefined || FORMATS.some(f => f.toLowerCase() === config.text('logFormat')?.toLowerCase()))
    return;
  yield {
    cause: 'unknown logFormat',
    pointer: config.at('logFormat')?.pointer ?? '',
    value: format,
    message: `logFormat ${show(format)} is none of ${FORMATS.join(', ')}, and JSON is printed`,
    fix: `Set logFormat to one of ${FORMATS.join(', ')}.`,
  };
}

function* sourcesFaults(config: Section): Generator<ConfigFault> {
  const sources = config.get('sources');
  if (!Array.isArray(sources) || sources.length === 0) {
    yield {
      cause: 'no sources',
      pointer: config.at('sources')?.pointer ?? config.pointer,
      message: '`sources` lists nothing, so LogMonitor prints nothing of logs',
      fix: 'List what to print: sources of type EventLog, File, ETW, Process.',
    };
  }
  for (const source of config.list('sources')) yield* sourceFaults(source);
}

function* sourceFaults(source: Section): Generator<ConfigFault> {
  const type = typeOf(source);
  switch (type) {
    case undefined:
      yield {
        cause: 'unknown source type',
        pointer: source.at('type')?.pointer ?? source.pointer,
        value: source.get('type'),
        message: `the source's type ${show(source.get('type'))} is none of ${SOURCE_TYPES.join(', ')}, and it is left out`,
        fix: `Set type to one of ${SOURCE_TYPES.join(', ')}.`,
      };
      break;
    case 'EventLog':
      yield* listFaults(source, 'channels', ['name']);
      break;
    case 'ETW':
      yield* listFaults(source, 'providers', ['providerName', 'providerGuid']);
      for (const provider of source.list('providers')) yield* guidFaults(provider);
      break;
    case 'File':
      yield* fileFaults(source);
      break;
    case 'Process':
      break;
  }
}

/** A list of channels or providers, and what each of its items needs one of. */
function* listFaults(source: Section, name: string, needs: readonly string[]): Generator<ConfigFault> {
  const items = source.list(name);
  if (items.length === 0) {
    yield {
      cause: `source without ${name}`,
      pointer: source.at(name)?.pointer ?? source.pointer,
      message: `the source of type ${source.text('type') ?? ''} lists no ${name}, and is left out`,
      fix: `List its ${name}.`,
    };
  }
  for (const item of items) {
    if (needs.every(key => !item.text(key))) {
      yield {
        cause: `${name} without ${needs.join(' or ')}`,
        pointer: item.pointer,
        message: `an item of ${name} has no ${needs.join(' and no ')}`,
        fix: `Give it ${needs.join(' or ')}; a key with a blank at its end is another key.`,
      };
    }
    yield* levelFaults(item);
  }
}

function* levelFaults(item: Section): Generator<ConfigFault> {
  const level = item.get('level');
  if (level === undefined || LEVELS.some(l => l.toLowerCase() === item.text('level')?.toLowerCase())) return;
  yield {
    cause: 'unknown level',
    pointer: item.at('level')?.pointer ?? item.pointer,
    value: level,
    message: `level ${show(level)} is none of ${LEVELS.join(', ')}: to 2.1.4 Error counts, from 2.2 the whole source is dropped`,
    fix: `Set level to one of ${LEVELS.join(', ')}.`,
  };
}

function* guidFaults(provider: Section): Generator<ConfigFault> {
  const guid = provider.get('providerGuid');
  if (guid === undefined || guid === '' || GUID.test(provider.text('providerGuid') ?? '')) return;
  yield {
    cause: 'malformed providerGuid',
    pointer: provider.at('providerGuid')?.pointer ?? provider.pointer,
    value: guid,
    message: `providerGuid ${show(guid)} is no GUID`,
    fix: 'Take it from `logman query providers`.',
  };
}

function* fileFaults(source: Section): Generator<ConfigFault> {
  const directory = source.text('directory');
  if (!directory) {
    yield {
      cause: 'File source without directory',
      pointer: source.at('directory')?.pointer ?? source.pointer,
      message: 'a source of type File has no directory, and is left out',
      fix: 'Name the directory: `"directory": "C:\\\\inetpub\\\\logs"`.',
    };
  } else if (ROOT.test(directory) && source.get('includeSubdirectories') === true) {
    yield {
      cause: 'root of a drive with subdirectories',
      pointer: source.at('directory')?.pointer ?? source.pointer,
      value: directory,
      message: `${directory} is the root of a drive, and with includeSubdirectories LogMonitor refuses it`,
      fix: 'Name the folder that the logs are in.',
    };
  }
}

function show(value: unknown): string {
  return value === undefined ? '(absent)' : JSON.stringify(value);
}
