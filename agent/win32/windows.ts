import type {AdapterFacts, DiskFacts, RouteFacts} from '../../src/protocol/node-facts.ts';
import {listAdapters} from './api/adapters.ts';
import {argumentsOf, listProcesses} from './api/processes.ts';
import type {ListedProcess} from './api/processes.ts';
import {readKey} from './api/registry.ts';
import type {RegistryKey} from './api/registry.ts';
import {listRoutes} from './api/routes.ts';
import {listServices} from './api/services.ts';
import type {ListedService} from './api/services.ts';
import {listSockets} from './api/sockets.ts';
import type {LocalSocket} from './api/sockets.ts';
import {commitCharge, physicalMemory, timeZoneKey, uptime, windowsBuild} from './api/system.ts';
import {fixedVolumes} from './api/volumes.ts';

/** What is asked of Windows. Failures are CollectErrors. */
export interface Windows {
  build(): number;
  memory(): {total: number; available: number};
  commit(): {limit: number; charge: number};
  timeZone(): string | null;
  /** Milliseconds since the start. */
  uptime(): number;
  registryKey(path: string): RegistryKey | null;
  processes(): ListedProcess[];
  argumentsOf(pid: number): string[] | null;
  /** Services, and of the drivers those that `drivers` names, in lower case. */
  services(drivers: ReadonlySet<string>): ListedService[];
  sockets(): LocalSocket[];
  adapters(): AdapterFacts[];
  routes(compartments: Iterable<number>): RouteFacts[];
  volumes(): DiskFacts[];
}

/** The Windows that this program runs on. */
export const thisWindows: Windows = {
  build: windowsBuild,
  memory: physicalMemory,
  commit: commitCharge,
  timeZone: timeZoneKey,
  uptime,
  registryKey: readKey,
  processes: listProcesses,
  argumentsOf,
  services: listServices,
  sockets: listSockets,
  adapters: listAdapters,
  routes: listRoutes,
  volumes: fixedVolumes,
};
