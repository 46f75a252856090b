import type {Placed} from './join-generations.ts';
import type {HnsGeneration} from './model.ts';
import type {HnsKind, HnsKinds} from './readings.ts';
import {HNS_FILES} from './readings.ts';

/** A place in a file of a node: the parts of a `FileRef` that HNS decides. */
export interface HnsFilePlace {
  /** `hns/v1-endpoints.json` */
  readonly file: string;
  /** RFC 6901: `/3/State`. */
  readonly pointer: string;
}

/** Where each generation has a field; what is not here has no single place. */
type Paths<T> = {readonly [F in keyof T]?: {readonly [G in HnsGeneration]?: string}};

const PATHS: {readonly [K in HnsKind]: Paths<HnsKinds[K]>} = {
  networks: {
    id: {v2: 'ID', v1: 'ID'},
    name: {v2: 'Name', v1: 'Name'},
    type: {v2: 'Type', v1: 'Type'},
    state: {v1: 'State'},
    managementIps: {v1: 'ManagementIP'},
    adapter: {v2: 'Policies', v1: 'NetworkAdapterName'},
    subnets: {v2: 'Ipams', v1: 'Subnets'},
    policies: {v2: 'Policies', v1: 'Policies'},
    extensions: {v2: 'Health/Extra/Extensions', v1: 'Extensions'},
    dns: {v2: 'Dns/ServerList', v1: 'DNSServerList'},
    dnsSuffix: {v2: 'Dns/Domain', v1: 'DNSSuffix'},
    mtu: {v2: 'Health/Extra/Resources/Allocators', v1: 'Resources/Allocators'},
    drMac: {v2: 'Policies', v1: 'DrMacAddress'},
    flags: {v2: 'Flags', v1: 'Flags'},
    lastError: {v2: 'Health/LastErrorCode', v1: 'Health/LastErrorCode'},
  },
  endpoints: {
    id: {v2: 'ID', v1: 'ID'},
    name: {v2: 'Name', v1: 'Name'},
    network: {v2: 'HostComputeNetwork', v1: 'VirtualNetwork'},
    networkName: {v1: 'VirtualNetworkName'},
    ips: {v2: 'IpConfigurations', v1: 'IPAddress'},
    mac: {v2: 'MacAddress', v1: 'MacAddress'},
    remote: {v2: 'Flags', v1: 'IsRemoteEndpoint'},
    state: {v1: 'State'},
    namespace: {v2: 'HostComputeNamespace', v1: 'Namespace/ID'},
    sharedContainers: {v2: 'Health/Extra/SharedContainers', v1: 'SharedContainers'},
    policies: {v2: 'Policies', v1: 'Policies'},
    dns: {v2: 'Dns/ServerList', v1: 'DNSServerList'},
    dnsSuffixes: {v2: 'Dns', v1: 'DNSSuffix'},
    gateways: {v2: 'Routes', v1: 'GatewayAddress'},
    routes: {v2: 'Routes', v1: 'Routes'},
    encapOverhead: {v2: 'Policies', v1: 'EncapOverhead'},
    port: {v2: 'Health/Extra/Resources/Allocators', v1: 'Resources/Allocators'},
    compartment: {v2: 'Health/Extra/Resources/Allocators', v1: 'Resources/Allocators'},
    createdAt: {v1: 'CreateProcessingStartTime'},
    flags: {v2: 'Flags'},
  },
  namespaces: {
    id: {v2: 'ID', v1: 'ID'},
    compartment: {v2: 'NamespaceId', v1: 'CompartmentId'},
    type: {v2: 'Type'},
    isDefault: {v2: 'Type', v1: 'IsDefault'},
    endpoints: {v2: 'Resources', v1: 'ResourceList'},
    containers: {v2: 'Resources', v1: 'Containers'},
    state: {v1: 'State'},
  },
  loadbalancers: {
    id: {v2: 'ID', v1: 'ID'},
    vips: {v2: 'FrontendVIPs', v1: 'Policies/0/VIPs'},
    endpoints: {v2: 'HostComputeEndpoints', v1: 'References'},
    ports: {v2: 'PortMappings', v1: 'Policies'},
    sourceVip: {v2: 'SourceVIP', v1: 'Policies/0/SourceVIP'},
    dsr: {v2: 'Flags', v1: 'Policies/0/IsDSR'},
    ipv6: {v2: 'Flags', v1: 'Policies/0/VIPs'},
    state: {v1: 'State'},
  },
  sdnroutes: {
    id: {v2: 'ID'},
    endpoints: {v2: 'HostComputeEndpoints'},
    routes: {v2: 'Routes'},
  },
};

/**
 * Where a field of an object stands: in v2's answer, or in v1's where only v1 has the field or the object. `index` is the item of a
 * list. Without a field, or where the object's answer lacks it, the object itself.
 */
export function hnsPlace<K extends HnsKind>(
  kind: K,
  object: HnsKinds[K],
  name?: keyof HnsKinds[K] & string,
  index?: number,
): HnsFilePlace {
  // Mapped types over a union of kinds do not narrow; the table above is of this kind.
  const paths = PATHS[kind] as Readonly<Record<string, {readonly [G in HnsGeneration]?: string}>>;
  const path = name === undefined ? undefined : paths[name];
  const generation = generationOf(object, name, path);
  const place = path?.[generation];
  const rest = place === undefined ? '' : `/${place}${index === undefined ? '' : `/${index}`}`;
  return {
    file: HNS_FILES[kind][generation] ?? HNS_FILES[kind].v2,
    pointer: `/${object.at[generation] ?? 0}${rest}`,
  };
}

function generationOf(
  {at}: Placed,
  name: string | undefined,
  path: {readonly [G in HnsGeneration]?: string} | undefined,
): HnsGeneration {
  const inV1 = at.v1 !== undefined;
  if (at.v2 === undefined) return 'v1';
  if (path && path.v2 === undefined && inV1) return 'v1';
  return inV1 && name !== undefined && (at.fromV1?.includes(name) ?? false) ? 'v1' : 'v2';
}
