import {fields, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf, wholeNumber} from './items.ts';

/** A Windows service (`services.json`, CONTRACT §4.2). */
export interface NodeService {
  name: string;
  displayName?: string;
  /** `Running`, `Stopped`, `StopPending`, … */
  state?: string;
  /** `Automatic`, `Manual`, `Disabled`, `System`. */
  startType?: string;
  pid?: number;
  /** RFC 3339. */
  startedAt?: string;
  threads?: number;
}

const shape = fields<NodeService>(
  {
    name: text,
    displayName: text,
    state: text,
    startType: text,
    pid: wholeNumber,
    startedAt: text,
    threads: wholeNumber,
  },
  {name: ''},
);

/** Reads `services.json`. */
export function readServices(value: unknown): Indexed<NodeService>[] {
  return itemsOf(value, shape, service => service.name !== '');
}

/** The first service of any of these names, whatever their case; distributions name the same program differently. */
export function serviceNamed(
  services: readonly Indexed<NodeService>[],
  ...names: readonly string[]
): Indexed<NodeService> | undefined {
  const wanted = new Set(names.map(name => name.toLowerCase()));
  return services.find(service => wanted.has(service.name.toLowerCase()));
}
