import {rfc3339} from '../snapshot/time.ts';
import type {HnsEndpoint, HnsOwner, HnsPlace} from './model.ts';
import {defaultHops, policiesIn, routesIn, settingOf} from './policies.ts';
import type {RawObject} from './values.ts';
import {
  addressOf,
  field,
  flagIn,
  flagsIn,
  guidOf,
  itemsIn,
  known,
  macOf,
  numberIn,
  objectsIn,
  textOf,
  textsOf,
  unique,
  within,
} from './values.ts';

/** Names of `EndpointFlags` in the schema. */
const FLAGS = {
  RemoteEndpoint: 1,
  DisableICC: 2,
  EnableMirroring: 4,
  EnableLowInterfaceMetric: 8,
  OverrideDNSServerOrder: 16,
  EnableDhcp: 32,
};

/** Reads an endpoint of v1 (`hns/v1-endpoints.json`) or v2 (`hns/endpoints.json`). */
export function readEndpoint(raw: RawObject, at: HnsPlace): HnsEndpoint {
  const policies = policiesIn(raw['Policies']);
  const routes = routesIn(raw['Routes']);
  const flags = flagsIn(raw['Flags'], FLAGS);
  const extra = within(raw['Health'], 'Extra');
  const shared = raw['SharedContainers'] ?? within(extra, 'SharedContainers');
  const namespace = raw['Namespace'];
  const port = portOf(raw['Resources'] ?? within(extra, 'Resources'));
  const dns = raw['Dns'];
  return known<HnsEndpoint>({
    at,
    id: guidOf(field(raw, 'ID', 'Id')) ?? '',
    name: textOf(raw['Name']) ?? '',
    network: guidOf(field(raw, 'HostComputeNetwork', 'VirtualNetwork')) ?? '',
    networkName: textOf(raw['VirtualNetworkName']),
    ips: ipsOf(raw),
    mac: macOf(raw['MacAddress']),
    remote: flagIn(raw['IsRemoteEndpoint']) ?? ((flags ?? 0) & FLAGS.RemoteEndpoint) !== 0,
    state: numberIn(raw['State']),
    namespace: guidOf(field(raw, 'HostComputeNamespace') ?? within(namespace, 'ID')),
    sharedContainers:
      Object.hasOwn(raw, 'SharedContainers') || shared !== undefined ? textsOf(shared) : undefined,
    policies,
    dns: textsOf(raw['DNSServerList'] ?? within(dns, 'ServerList')),
    dnsSuffixes: suffixesOf(raw['DNSSuffix'], dns),
    gateways: gatewaysOf(raw, defaultHops(routes)),
    routes,
    encapOverhead: numberIn(raw['EncapOverhead'] ?? settingOf(policies, 'EncapOverhead', 'Overhead')),
    port: guidOf(within(port, 'EndpointPortGuid')),
    // HNS itself misspells it.
    compartment: numberIn(within(port, 'CompartmendId')),
    createdAt: timeOf(raw['CreateProcessingStartTime']),
    flags,
    owner: ownerOf(raw['AdditionalParams']),
  });
}

/** https://github.com/antrea-io/antrea/blob/main/pkg/agent/cniserver/interface_configuration_windows.go */
function ownerOf(params: unknown): HnsOwner | undefined {
  const owner = known<HnsOwner>({
    container: textOf(within(params, 'container-id')),
    pod: textOf(within(params, 'pod-name')),
    namespace: textOf(within(params, 'pod-namespace')),
  });
  return Object.keys(owner).length === 0 ? undefined : owner;
}

function ipsOf(raw: RawObject): readonly string[] {
  const found: string[] = [];
  addAddress(found, raw['IPAddress']);
  addAddress(found, raw['IPv6Address']);
  for (const configuration of objectsIn(raw['IpConfigurations']))
    addAddress(found, configuration['IpAddress']);
  return unique(found);
}

function gatewaysOf(raw: RawObject, fromRoutes: readonly string[]): readonly string[] {
  const named: string[] = [];
  addAddress(named, raw['GatewayAddress']);
  addAddress(named, raw['GatewayAddressV6']);
  return named.length === 0 ? fromRoutes : named;
}

/** Adds a value that is an address. */
function addAddress(found: string[], value: unknown): void {
  const address = addressOf(value);
  if (address !== undefined) found.push(address);
}

function suffixesOf(v1: unknown, v2: unknown): readonly string[] {
  const found = [textsOf(v1), textsOf(within(v2, 'Domain')), textsOf(within(v2, 'Search'))].flat();
  return unique(found);
}

/** The allocator that is the port of the virtual switch, by the tag that HNS gives it. */
const PORT = 'Endpoint Port';

function portOf(resources: unknown): unknown {
  return itemsIn(within(resources, 'Allocators')).find(a => within(a, 'Tag') === PORT);
}

/** 100 ns steps in a millisecond, and milliseconds between 1601 and 1970. */
const STEPS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;
/** `new Date` knows no later day. */
const LATEST_MS = 8_640_000_000_000_000n;

/** A FILETIME, which is beyond 2^53 and so comes as a text; 0 is none. */
function timeOf(value: unknown): string | undefined {
  const digits = typeof value === 'number' ? String(value) : value;
  if (typeof digits !== 'string' || !/^\d{16,20}$/.test(digits)) return undefined;
  const ms = BigInt(digits) / STEPS - EPOCH_MS;
  return ms > LATEST_MS || ms < 0n ? undefined : rfc3339(Number(ms));
}
