import type {Json} from '../raw.ts';
import type {
  HnsStore,
  StoredBalancer,
  StoredEndpoint,
  StoredNamespace,
  StoredNetwork,
  StoredPolicy,
} from './store.ts';

/** What the functions of HCN answer. */
export class SecondVersion {
  readonly #store: HnsStore;
  readonly #id: (id: string) => string;

  constructor(store: HnsStore, upper: boolean) {
    this.#store = store;
    this.#id = upper ? id => id.toUpperCase() : id => id;
  }

  network(network: StoredNetwork): Json {
    const {id, name, type, subnets, policies} = network;
    return {
      ID: this.#id(id),
      Name: name,
      Type: type === 'nat' ? 'NAT' : type,
      Policies: policies.map(secondPolicy),
      MacPool: {Ranges: [{EndMacAddress: '00-15-5D-74-EF-FF', StartMacAddress: '00-15-5D-74-E0-00'}]},
      Dns: {},
      Ipams: [
        {
          Type: 'Static',
          Subnets: subnets.map(({prefix, gateway, vsid}) => ({
            IpAddressPrefix: prefix,
            Policies: vsid === undefined ? [] : [{Type: 'VSID', Settings: {IsolationId: vsid}}],
            Routes: [{NextHop: gateway, DestinationPrefix: prefix.includes(':') ? '::/0' : '0.0.0.0/0'}],
          })),
        },
      ],
      Flags: 0,
      Health: {Data: null, Extra: {Resources: {}, SharedContainers: []}},
      SchemaVersion: {Major: 2, Minor: 0},
    };
  }

  endpoint(endpoint: StoredEndpoint): Json {
    const {id, name, network, ip, ip6, prefixLength, gateway, mac, remote, namespace} = endpoint;
    return {
      ID: this.#id(id),
      Name: name,
      HostComputeNetwork: this.#id(network),
      ...(namespace !== undefined && {HostComputeNamespace: this.#id(namespace)}),
      Policies: endpoint.policies.map(secondPolicy),
      IpConfigurations: [
        {IpAddress: ip, PrefixLength: prefixLength},
        ...(ip6 === undefined ? [] : [{IpAddress: ip6, PrefixLength: 64}]),
      ],
      Dns: {Search: endpoint.suffixes, ServerList: endpoint.dns, Options: []},
      Routes: gateway === undefined ? [] : [{NextHop: gateway, DestinationPrefix: '0.0.0.0/0'}],
      MacAddress: mac,
      Flags: remote ? 1 : 0,
      Health: {},
      SchemaVersion: {Major: 2, Minor: 0},
    };
  }

  namespace({id, compartment, isDefault, endpoints}: StoredNamespace): Json {
    return {
      ID: this.#id(id),
      NamespaceId: compartment,
      NamespaceGuid: this.#id(id),
      Type: isDefault ? 'HostDefault' : 'Host',
      Resources: endpoints.map(e => ({Type: 'Endpoint', Data: {Id: this.#id(e)}})),
      SchemaVersion: {Major: 2, Minor: 0},
    };
  }

  balancer(balancer: StoredBalancer): Json {
    const {id, vips, endpoints, sourceVip, flags, protocol, internal, external, portFlags} = balancer;
    return {
      ID: this.#id(id),
      HostComputeEndpoints: endpoints.map(e => this.#id(e)),
      SourceVIP: sourceVip,
      FrontendVIPs: vips,
      PortMappings: [
        {
          Protocol: protocol,
          InternalPort: internal,
          ExternalPort: external,
          ...(this.#store.atLeast(12, 0) && {DistributionType: balancer.distribution}),
          Flags: portFlags,
        },
      ],
      Flags: flags,
      SchemaVersion: {Major: 2, Minor: 0},
    };
  }
}

function secondPolicy({type, settings}: StoredPolicy): Json {
  return {Type: type, Settings: settings};
}
