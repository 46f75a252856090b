import type {HnsExtension, HnsNetwork, HnsPlace, HnsSubnet} from './model.ts';
import {defaultHops, policiesIn, routesIn, settingOf} from './policies.ts';
import type {RawObject} from './values.ts';
import {
  NONE,
  addressOf,
  field,
  flagIn,
  flagsIn,
  guidOf,
  known,
  macOf,
  numberIn,
  objectsIn,
  textOf,
  textsOf,
  within,
} from './values.ts';

/** Names of `NetworkFlags` in the schema. */
const FLAGS = {
  EnableDns: 1,
  EnableDhcp: 2,
  EnableMirroring: 4,
  EnableNonPersistent: 8,
  DisableHostPort: 1024,
  EnableIov: 8192,
};

/**
 * Reads a network of v1 (`hns/v1-networks.json`) or v2 (`hns/networks.json`). Without a type it has an empty one, which
 * `settledNetwork` decides on when both answers are known.
 */
export function readNetwork(raw: RawObject, at: HnsPlace): HnsNetwork {
  const policies = policiesIn(raw['Policies']);
  const health = raw['Health'];
  const extra = within(health, 'Extra');
  const dns = raw['Dns'];
  const lastError = numberIn(within(health, 'LastErrorCode'));
  return known<HnsNetwork>({
    at,
    id: guidOf(field(raw, 'ID', 'Id')) ?? '',
    name: textOf(raw['Name']) ?? '',
    type: (textOf(raw['Type']) ?? (raw['NatName'] === undefined ? '' : 'nat')).toLowerCase(),
    state: numberIn(raw['State']),
    managementIps: managementIps(raw),
    adapter:
      textOf(raw['NetworkAdapterName']) ??
      textOf(settingOf(policies, 'NetAdapterName', 'NetworkAdapterName')),
    subnets: subnetsOf(raw),
    policies,
    extensions: extensionsOf(field(raw, 'Extensions') ?? within(extra, 'Extensions')),
    dns: textsOf(raw['DNSServerList'] ?? within(dns, 'ServerList')),
    dnsSuffix: textOf(raw['DNSSuffix']) ?? textOf(within(dns, 'Domain')),
    mtu: mtuOf(raw['Resources'] ?? within(extra, 'Resources')),
    drMac: macOf(raw['DrMacAddress'] ?? settingOf(policies, 'DrMacAddress', 'Address')),
    flags: flagsIn(raw['Flags'], FLAGS),
    lastError: lastError === 0 ? undefined : lastError,
  });
}

/**
 * Decides on a network's type when all answers are in: v2 leaves it out where it is `NAT`
 * (https://github.com/microsoft/hcsshim/blob/main/hcn/hcnnetwork.go).
 */
export function settledNetwork(network: HnsNetwork): HnsNetwork {
  return network.type === '' && network.at.v2 !== undefined ? {...network, type: 'nat'} : network;
}

function managementIps(raw: RawObject): readonly string[] {
  const found = ['ManagementIP', 'ManagementIPv6'].flatMap(name => addressOf(raw[name]) ?? []);
  return found.length === 0 ? NONE : found;
}

function subnetsOf(raw: RawObject): readonly HnsSubnet[] {
  const v1 = objectsIn(raw['Subnets']);
  const v2 = objectsIn(raw['Ipams']).flatMap(ipam => objectsIn(ipam['Subnets']));
  const found = [...v1, ...v2];
  return found.length === 0 ? NONE : found.map(subnetOf);
}

function subnetOf(raw: RawObject): HnsSubnet {
  const policies = policiesIn(raw['Policies']);
  const routes = routesIn(raw['Routes']);
  return known<HnsSubnet>({
    prefix: textOf(field(raw, 'AddressPrefix', 'IpAddressPrefix')) ?? '',
    gateway: addressOf(raw['GatewayAddress']) ?? defaultHops(routes)[0],
    vsid: numberIn(settingOf(policies, 'VSID', 'VSID', 'IsolationId')),
    policies,
    routes,
  });
}

function extensionsOf(value: unknown): readonly HnsExtension[] {
  const found = objectsIn(value);
  if (found.length === 0) return NONE;
  return found.map(raw =>
    known<HnsExtension>({
      id: guidOf(field(raw, 'Id', 'ID')) ?? '',
      enabled: flagIn(raw['IsEnabled']) ?? false,
      name: textOf(raw['Name']),
    }),
  );
}

/** The allocator that is the external adapter, by the tag that HNS gives it. */
const EXTERNAL = 'External Adapter Info';

function mtuOf(resources: unknown): number | undefined {
  const allocator = objectsIn(within(resources, 'Allocators')).find(a => a['Tag'] === EXTERNAL);
  return numberIn(within(allocator, 'MTU'));
}
