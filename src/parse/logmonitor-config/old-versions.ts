import type {ConfigFault, Section} from './config.ts';
import {typeOf} from './config.ts';
import type {Versions} from './versions.ts';

const BEFORE_2_1: Versions = {from: '1', to: '2.0'};
const ONLY_1: Versions = {from: '1', to: '1'};
/** 2.1.0 alone: later programs of 2.1 call themselves 2.1.1, and may be newer still. */
const ONLY_2_1_0: Versions = {from: '2.1', to: '2.1'};

/** What an older version does not know of a configuration: worth telling only where that version was seen. */
export function* oldVersionFaults(config: Section, sources: readonly Section[]): Generator<ConfigFault> {
  const format = config.at('logFormat');
  if (format) {
    yield {
      cause: 'logFormat before 2.1',
      versions: BEFORE_2_1,
      certain: true,
      pointer: format.pointer,
      value: config.get('logFormat'),
      message:
        'logFormat is read from 2.1 on: the version here ignores it, 1.x prints its own text and 2.0 JSON',
      fix: 'Update LogMonitor, or leave logFormat out.',
    };
  }
  if (sources.some(source => typeOf(source) !== undefined)) {
    yield {
      cause: 'text taken for a printf format',
      versions: ONLY_2_1_0,
      certain: true,
      pointer: config.at('sources')?.pointer ?? config.pointer,
      message:
        '2.1.0 gives each record to printf as its format where the output is a pipe: a % in a record, as in URLs of IIS, garbles it or ends the program',
      fix: 'Use 2.1.1 or later.',
    };
  }
  for (const source of sources) yield* ofSource(source);
}

function* ofSource(source: Section): Generator<ConfigFault> {
  const layout = source.at('customLogFormat');
  const isProcess = typeOf(source) === 'Process';
  if (isProcess || layout) {
    yield {
      cause: isProcess ? 'Process source before 2.1' : 'layout before 2.1',
      versions: BEFORE_2_1,
      certain: true,
      pointer: layout?.pointer ?? source.pointer,
      message: isProcess
        ? 'sources of type Process are read from 2.1 on: the version here leaves this one out'
        : 'customLogFormat is read from 2.1 on: the version here ignores it',
      fix: 'Update LogMonitor.',
    };
  }
  const wait = source.at('waitInSeconds');
  if (wait) {
    yield {
      cause: 'waitInSeconds before 2.0.1',
      versions: ONLY_1,
      certain: true,
      pointer: wait.pointer,
      value: source.get('waitInSeconds'),
      message: 'waitInSeconds is read from 2.0.1 on: 1.x waits 300 s for a directory',
      fix: 'Update LogMonitor, or make the directory in the image.',
    };
  }
}
