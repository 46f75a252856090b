import type {
  AdapterFacts,
  DiskFacts,
  ProcessFacts,
  RegistryFacts,
  RouteFacts,
  ServiceFacts,
  SystemFacts,
} from '../../src/protocol/node-facts.ts';
import type {Gap} from '../host/gaps.ts';
import type {LocalSocket} from './api/sockets.ts';

/** What `system.json` takes from functions of Windows. */
export type SystemNow = Pick<
  SystemFacts,
  | 'productName'
  | 'build'
  | 'ubr'
  | 'edition'
  | 'installationType'
  | 'bootTime'
  | 'now'
  | 'timeZone'
  | 'memory'
  | 'commit'
  | 'rebootPending'
>;

/** Questions that a child process answers, by name. */
export interface Questions {
  system: SystemNow;
  volumes: DiskFacts[];
  services: ServiceFacts[];
  processes: ProcessFacts[];
  adapters: AdapterFacts[];
  routes: RouteFacts[];
  sockets: LocalSocket[];
  registry: RegistryFacts;
}

/** An answer, and why it is only a part of what there is. */
export interface Answer<T> {
  value: T;
  partial?: Gap;
}
