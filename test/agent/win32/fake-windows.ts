import {CollectError} from '../../../agent/collect/collector.ts';
import type {RegistryKey} from '../../../agent/win32/api/registry.ts';
import type {Windows} from '../../../agent/win32/windows.ts';
import type {RegistryData} from '../../../src/protocol/node-facts.ts';

/** A Windows with nothing in it but what is given. */
export function fakeWindows(more: Partial<Windows> = {}): Windows {
  return {
    build: () => 20_348,
    memory: () => ({total: 8, available: 4}),
    commit: () => ({limit: 16, charge: 2}),
    timeZone: () => 'W. Europe Standard Time',
    uptime: () => 60_000,
    registryKey: () => null,
    processes: () => [],
    argumentsOf: () => null,
    services: () => [],
    sockets: () => [],
    adapters: () => [],
    routes: () => [],
    volumes: () => [],
    ...more,
  };
}

/** A registry below HKLM: values by path; keys between them exist, too. */
export function registryOf(
  keys: Record<string, Record<string, RegistryData>>,
): (path: string) => RegistryKey | null {
  const paths = Object.keys(keys);
  return path => {
    const below = paths.filter(other => other.startsWith(`${path}\\`));
    if (!(path in keys) && below.length === 0) return null;
    const names = below.map(other => other.slice(path.length + 1).split('\\')[0] ?? '');
    return {values: keys[path] ?? {}, keys: [...new Set(names)]};
  };
}

/** A Windows function that refuses. */
export function denied(): never {
  throw new CollectError('denied', 'access is denied');
}
