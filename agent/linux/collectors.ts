import type {CollectorName} from '../../src/protocol/collectors.ts';
import type {Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import type {LinuxHost} from './host.ts';
import {listAdapters, listRoutes, portFacts} from './net.ts';
import {listProcesses} from './processes.ts';
import {listServices} from './services.ts';
import {systemCollector} from './system.ts';

/** Collectors of the facts of a Linux node. */
export function linuxCollectors(host: LinuxHost): Collector[] {
  return [
    systemCollector(host),
    factsCollector('services', {
      file: 'services.json',
      source: '/sys/fs/cgroup, /etc/systemd/system',
      ask: async () => listServices(host, await listProcesses(host)),
    }),
    factsCollector('processes', {file: 'processes.json', source: '/proc', ask: () => listProcesses(host)}),
    factsCollector('net.adapters', {
      file: 'net/adapters.json',
      source: '/sys/class/net, getifaddrs',
      ask: () => listAdapters(host),
    }),
    factsCollector('net.routes', {
      file: 'net/routes.json',
      source: '/proc/net/route, ipv6_route',
      ask: listRoutes,
    }),
    factsCollector('net.ports', {
      file: 'net/ports.json',
      source: '/proc/sys/net/ipv4, /proc/net',
      ask: portFacts,
    }),
  ];
}

/** Everything is read from the kernel's memory. */
const TIMEOUT_MS = 5000;
const MAX_BYTES = 8 * 1024 * 1024;

function factsCollector(
  name: CollectorName,
  {file, source, ask}: {file: string; source: string; ask: () => Promise<unknown>},
): Collector {
  return {
    name,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect() {
      yield jsonFile(file, {value: await ask(), source});
    },
  };
}
