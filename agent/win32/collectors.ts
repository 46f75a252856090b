import type {CollectorName} from '../../src/protocol/collectors.ts';
import type {SelfCommand} from '../child/self.ts';
import type {Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import {runProgram} from '../host/run-program.ts';
import {defenderCollector} from './defender.ts';
import {windowsHelper} from './helper.ts';
import {portsCollector} from './ports-collector.ts';
import type {WindowsPorts} from './ports.ts';
import type {Questions} from './questions.ts';
import {systemCollector} from './system.ts';
import {tasksCollector} from './tasks.ts';

/** Collectors of the facts of this Windows; `self` starts the agent again as their child. */
export function windowsCollectors({self}: {self: SelfCommand}): Collector[] {
  return collectorsOf({ask: windowsHelper(self), run: runProgram});
}

/** The same over ports of the caller. */
export function collectorsOf(ports: WindowsPorts): Collector[] {
  return [
    systemCollector(ports),
    answered(
      'services',
      {question: 'services', file: 'services.json', source: 'EnumServicesStatusExW'},
      ports,
    ),
    answered(
      'processes',
      {question: 'processes', file: 'processes.json', source: 'CreateToolhelp32Snapshot'},
      ports,
    ),
    answered(
      'net.adapters',
      {question: 'adapters', file: 'net/adapters.json', source: 'GetAdaptersAddresses'},
      ports,
    ),
    answered(
      'net.routes',
      {question: 'routes', file: 'net/routes.json', source: 'GetIpForwardTable2'},
      ports,
    ),
    portsCollector(ports),
    answered(
      'registry.hns',
      {question: 'registry', file: 'registry/hns.json', source: 'RegEnumValueW'},
      ports,
    ),
    tasksCollector(ports),
    defenderCollector(ports),
  ];
}

/** More than a child has for its answer. */
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** A collector whose file is the answer to one question. */
function answered(
  name: CollectorName,
  {question, file, source}: {question: keyof Questions; file: string; source: string},
  {ask}: WindowsPorts,
): Collector {
  return {
    name,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect({signal}) {
      yield jsonFile(file, {...(await ask(question, signal)), source});
    },
  };
}
