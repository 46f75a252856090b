import type {Json} from '../raw.ts';
import {NOW} from '../raw.ts';
import type {
  HnsStore,
  StoredBalancer,
  StoredEndpoint,
  StoredNamespace,
  StoredNetwork,
  StoredPolicy,
} from './store.ts';

const DAY_MS = 86_400_000;
/** FILETIME counts tenths of microseconds from 1601. */
const FILETIME_EPOCH_MS = 11_644_473_600_000;
/** Five days before the moment that clusters of tests are looked at. */
const MADE_AT = (Date.parse(NOW) - 5 * DAY_MS + FILETIME_EPOCH_MS) * 10_000;

const NO_GUID = '00000000-0000-0000-0000-000000000000';
const HEALTH = {LastErrorCode: 0, LastUpdateTime: MADE_AT};
const VFP = 'Microsoft Azure VFP Switch Extension';

/** v1 names of v2's policies and settings. */
const FIRST_NAMES: Record<string, string> = {SDNRoute: 'ROUTE', ProviderAddress: 'PA'};
const FIRST_SETTINGS: Record<string, string> = {Exceptions: 'ExceptionList', ProviderAddress: 'PA'};

/** What `HNSCall` answers. */
export class FirstVersion {
  readonly #store: HnsStore;
  readonly #version: number;
  readonly #names: Map<string, string>;

  constructor(store: HnsStore) {
    this.#store = store;
    this.#version = store.version.major * 2 ** 32 + store.version.minor;
    this.#names = new Map(store.networks.map(n => [n.id, n.name]));
  }

  network(network: StoredNetwork): Json {
    const {id, name, type, subnets, managementIp, managementIp6, state, policies} = network;
    return {
      ActivityId: id.toUpperCase(),
      AdditionalParams: {},
      CurrentEndpointCount: this.#store.endpoints.filter(e => e.network === id).length,
      ...(type === 'Overlay' && {DrMacAddress: '00-15-5D-B9-70-84'}),
      Extensions: extensionsOf(this.#store.build, network),
      Flags: 0,
      Health: HEALTH,
      ID: id.toUpperCase(),
      IPv6: managementIp6 !== undefined,
      ManagementIP: managementIp,
      ...(managementIp6 !== undefined && {ManagementIPv6: managementIp6}),
      MaxConcurrentEndpoints: 0,
      Name: name,
      NetworkAdapterName: 'Ethernet',
      Policies: policies.map(firstPolicy),
      Resources: {
        AdditionalParams: {},
        Allocators: [
          {CompartmendId: 1, MTU: UPLINK_MTU, State: 3, Tag: 'Host Vnic', NicFriendlyName: 'Ethernet'},
        ],
      },
      State: state,
      Subnets: subnets.map(({prefix, gateway, vsid}) => ({
        AdditionalParams: {},
        AddressPrefix: prefix,
        GatewayAddress: gateway,
        Health: HEALTH,
        Policies: vsid === undefined ? [] : [{Type: 'VSID', VSID: vsid}],
        State: 0,
      })),
      TotalEndpoints: 0,
      // HNS spells types as whoever made the network did.
      Type: type,
      Version: this.#version,
    };
  }

  endpoint(endpoint: StoredEndpoint): Json {
    const {id, name, network, ip, ip6, prefixLength, gateway, mac, remote, state, namespace} = endpoint;
    return {
      ActivityId: id.toUpperCase(),
      AdditionalParams: {},
      CreateProcessingStartTime: MADE_AT,
      DNSServerList: endpoint.dns.join(','),
      DNSSuffix: endpoint.suffixes.join(','),
      EncapOverhead: endpoint.encapOverhead,
      ...(gateway !== undefined && {GatewayAddress: gateway}),
      Health: HEALTH,
      ID: id.toUpperCase(),
      IPAddress: ip,
      ...(ip6 !== undefined && {IPv6Address: ip6}),
      ...(remote && {IsRemoteEndpoint: true}),
      MacAddress: mac,
      Name: name,
      Namespace: {CompartmentGuid: NO_GUID, ID: namespace?.toUpperCase() ?? NO_GUID},
      Policies: endpoint.policies.map(firstPolicy),
      PrefixLength: prefixLength,
      Resources: {
        AdditionalParams: {},
        Allocators:
          state === 3
            ? [{CompartmendId: 2, EndpointPortGuid: id.toUpperCase(), MTU: 0, State: 3, Tag: 'Endpoint Port'}]
            : [],
      },
      SharedContainers: endpoint.containers,
      State: state,
      Type: this.#store.networks.find(n => n.id === network)?.type ?? '',
      Version: this.#version,
      VirtualNetwork: network.toUpperCase(),
      VirtualNetworkName: this.#names.get(network) ?? '',
    };
  }

  namespace({id, compartment, isDefault, endpoints, containers, state}: StoredNamespace): Json {
    return {
      AdditionalParams: {},
      CompartmentGuid: id.toUpperCase(),
      CompartmentId: compartment,
      Containers: containers,
      Flags: 0,
      Health: HEALTH,
      ID: id.toUpperCase(),
      IsDefault: isDefault,
      Policies: [],
      ResourceList: endpoints.map(e => ({Data: {Id: e.toUpperCase()}, Type: 'Endpoint'})),
      State: state,
      Version: this.#version,
    };
  }

  policyList(balancer: StoredBalancer): Json {
    const {id, vips, endpoints, sourceVip, flags, protocol, internal, external, portFlags} = balancer;
    return {
      ActivityId: id.toUpperCase(),
      AdditionalParams: {},
      Health: HEALTH,
      ID: id.toUpperCase(),
      IsApplied: false,
      Policies: [
        {
          ExternalPort: external,
          InternalPort: internal,
          ...((flags & 1) === 1 && {IsDSR: true}),
          ...((portFlags & 2) === 2 && {LocalRoutedVip: true}),
          Protocol: protocol,
          ...(sourceVip !== '' && {SourceVIP: sourceVip}),
          Type: 'ELB',
          VIPs: vips,
        },
      ],
      References: endpoints.map(e => `/endpoints/${e}`),
      State: balancer.state,
      Version: this.#version,
    };
  }
}

/** Bytes of the adapter that leads out. */
export const UPLINK_MTU = 1500;

/** Names are in the language of the system; ids are not, and VFP's is another one from Windows Server 2022 on. */
function extensionsOf(build: number, {vfp}: StoredNetwork): Json[] {
  const first = build === 17763;
  return [
    {Id: 'E7C3B2F0-F3C5-48DF-AF2B-10FED6D72E7A', IsEnabled: false, Name: 'Microsoft Windows-Filterplattform'},
    {
      Id: first ? 'E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017' : 'F74F241B-440F-4433-BB28-00F89EAD20D8',
      IsEnabled: vfp,
      Name: VFP,
    },
    {
      Id: first ? 'EA24CD6C-D17A-4348-9190-09F0D5BE83DD' : '430BDADD-BAB0-41AB-A369-94B67FA5BE0A',
      IsEnabled: true,
      Name: 'Microsoft NDIS-Aufzeichnung',
    },
  ];
}

function firstPolicy({type, settings}: StoredPolicy): Json {
  const named = Object.entries(settings).map(([key, value]) => [
    // Only what names the address of a provider for itself changes its name.
    key === 'ProviderAddress' && type !== 'ProviderAddress' ? key : (FIRST_SETTINGS[key] ?? key),
    value,
  ]);
  return {Type: FIRST_NAMES[type] ?? type, ...Object.fromEntries(named)};
}
