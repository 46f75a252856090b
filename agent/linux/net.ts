import {networkInterfaces} from 'node:os';
import {join} from 'node:path';
import type {
  AdapterFacts,
  ExcludedRange,
  PortFacts,
  PortRange,
  RouteFacts,
} from '../../src/protocol/node-facts.ts';
import {hostPath, lineOf, namesIn, textOf} from './host.ts';
import type {LinuxHost} from './host.ts';
import {parseLocalPorts, parseNameServers, parsePortList} from './proc.ts';
import {parseIpv4Routes, parseIpv6Routes} from './routes.ts';
import type {ProcRoute} from './routes.ts';

/** Interfaces as the kernel names them; the agent is in the host's network, so its own /sys and /proc are the node's here. */
const INTERFACES = '/sys/class/net';
/** Linux has no compartments; the host's is 1 on Windows. */
const HOST_COMPARTMENT = 1;
const DEFAULT_ROUTES = new Set(['0.0.0.0/0', '::/0']);

/** Interfaces of the node. Throws CollectError. */
export async function listAdapters(host: LinuxHost): Promise<AdapterFacts[]> {
  const addresses = networkInterfaces();
  const defaults = (await procRoutes()).filter(route => DEFAULT_ROUTES.has(route.destination));
  const dns = parseNameServers((await textOf(await hostPath(host, '/etc/resolv.conf'))) ?? '');
  const found: AdapterFacts[] = [];
  for (const name of (await namesIn(INTERFACES)) ?? []) {
    const fact = (file: string): Promise<string> => lineOf(join(INTERFACES, name, file));
    const index = Number(await fact('ifindex'));
    // Gone since it was listed, or a file of the bonding driver.
    if (index === 0) continue;
    const mac = await fact('address');
    const gateways = defaults.filter(route => route.device === name).map(route => route.nextHop);
    found.push({
      name,
      description: '',
      index,
      compartment: HOST_COMPARTMENT,
      mac: mac === '00:00:00:00:00:00' ? '' : mac.replaceAll(':', '-'),
      mtu: Number(await fact('mtu')),
      status: STATUSES[await fact('operstate')] ?? 'unknown',
      addresses: (addresses[name] ?? []).flatMap(({cidr}) => cidr ?? []),
      gateways,
      // Resolvers belong to no interface: they are told with the one that leads out.
      dns: gateways.length > 0 ? dns : [],
    });
  }
  return found.sort((a, b) => a.index - b.index);
}

/** /sys/class/net/<name>/operstate (RFC 2863), in the words of `AdapterFacts`. */
const STATUSES: Record<string, string> = {
  up: 'up',
  down: 'down',
  testing: 'testing',
  dormant: 'dormant',
  notpresent: 'not-present',
  lowerlayerdown: 'lower-layer-down',
};

/** Routes of the main table. Throws CollectError. */
export async function listRoutes(): Promise<RouteFacts[]> {
  const indexes = new Map<string, number>();
  const found: RouteFacts[] = [];
  for (const {device, ...route} of await procRoutes()) {
    const index = indexes.get(device) ?? Number(await lineOf(join(INTERFACES, device, 'ifindex')));
    indexes.set(device, index);
    found.push({...route, index, compartment: HOST_COMPARTMENT});
  }
  return found;
}

async function procRoutes(): Promise<ProcRoute[]> {
  return [
    ...parseIpv4Routes((await textOf('/proc/net/route')) ?? ''),
    ...parseIpv6Routes((await textOf('/proc/net/ipv6_route')) ?? ''),
  ];
}

/** Ranges and use of ports. Nothing reserves blocks here, so none are counted. Throws CollectError. */
export async function portFacts(): Promise<PortFacts> {
  const [first, last] = (await lineOf('/proc/sys/net/ipv4/ip_local_port_range')).split(/\s+/).map(Number);
  const range = first && last ? {start: first, count: last - first + 1} : undefined;
  const reserved = parsePortList(await lineOf('/proc/sys/net/ipv4/ip_local_reserved_ports'));
  return {
    dynamicRange: range ? {protocol: 'tcp', ...range} : null,
    udpDynamicRange: range ? {protocol: 'udp', ...range} : null,
    excludedRanges: (['tcp', 'udp'] as const).flatMap(protocol =>
      reserved.map((ports): ExcludedRange => ({protocol, ...ports, administered: true})),
    ),
    freeBlocks64: null,
    used: range ? await usedPorts(['tcp', 'tcp6'], range) : null,
    udpUsed: range ? await usedPorts(['udp', 'udp6'], range) : null,
  };
}

async function usedPorts(
  tables: readonly string[],
  {start, count}: Pick<PortRange, 'start' | 'count'>,
): Promise<number> {
  const texts = await Promise.all(tables.map(table => textOf(`/proc/net/${table}`)));
  const ports = texts.flatMap(text => parseLocalPorts(text ?? ''));
  return new Set(ports.filter(port => port >= start && port < start + count)).size;
}
