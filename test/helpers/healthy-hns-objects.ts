import {
  CLUSTER_CIDR,
  CLUSTER_DNS,
  NETWORK,
  NODES,
  NO_GUID,
  POD_MAC,
  SERVICES,
  SERVICE_CIDR,
  V2_SCHEMA,
  VERSION,
  VNI,
  hnsGuid,
  sourceVipOf,
} from './healthy-hns-facts.ts';
import {VFP_PORTS} from './healthy-network.ts';
import {idOf, netnsOf} from './healthy-runtime.ts';
import {DAY, ago} from './raw.ts';
import type {Json} from './raw.ts';
import {addressOf, nodeAddressOf, nodeNumberOf} from './raw-pods.ts';

/** Nodes that a healthy node reaches through the overlay. */
function peersOf(node: string): string[] {
  return NODES.filter(name => name !== node);
}

const prefixOf = (node: string): string => `10.244.${nodeNumberOf(node)}.0/24`;
const gatewayOf = (node: string): string => `10.244.${nodeNumberOf(node)}.1`;
const routerMacOf = (node: string): string => `00-15-5d-0f-00-0${nodeNumberOf(node)}`;

function remoteRoute(peer: string): Json {
  return {
    DestinationPrefix: prefixOf(peer),
    DistributedRouterMacAddress: routerMacOf(peer),
    IsolationId: VNI,
    ProviderAddress: nodeAddressOf(peer),
  };
}

/** The network as v2 answers it. */
export function networkV2(node: string): Json {
  return {
    ID: hnsGuid(node, 'network'),
    Name: NETWORK,
    Type: 'Overlay',
    Policies: [
      {Type: 'HostRoute', Settings: {}},
      {Type: 'NetAdapterName', Settings: {NetworkAdapterName: 'Ethernet'}},
      ...peersOf(node).map(peer => ({Type: 'RemoteSubnetRoute', Settings: remoteRoute(peer)})),
    ],
    MacPool: {Ranges: [{StartMacAddress: '00-15-5D-5A-B0-00', EndMacAddress: '00-15-5D-5A-BF-FF'}]},
    Dns: {},
    Ipams: [
      {
        Type: 'Static',
        Subnets: [
          {
            IpAddressPrefix: prefixOf(node),
            Policies: [{Type: 'VSID', Settings: {IsolationId: VNI}}],
            Routes: [{NextHop: gatewayOf(node), DestinationPrefix: '0.0.0.0/0', Metric: 0}],
          },
        ],
      },
    ],
    Flags: 0,
    SchemaVersion: V2_SCHEMA,
  };
}

/** The network as v1 answers it. */
export function networkV1(node: string): Json {
  return {
    ID: hnsGuid(node, 'network').toUpperCase(),
    Name: NETWORK,
    Type: 'Overlay',
    State: 1,
    ManagementIP: nodeAddressOf(node),
    NetworkAdapterName: 'Ethernet',
    DrMacAddress: routerMacOf(node).toUpperCase(),
    CurrentEndpointCount: 2,
    TotalEndpoints: 5,
    Extensions: [
      {
        Id: 'E7C3B2F0-F3C5-48DF-AF2B-10FED6D72E7A',
        IsEnabled: false,
        Name: 'Microsoft Windows Filtering Platform',
      },
      {
        Id: 'F74F241B-440F-4433-BB28-00F89EAD20D8',
        IsEnabled: true,
        Name: 'Microsoft Azure VFP Switch Extension',
      },
      {Id: '430BDADD-BAB0-41AB-A369-94B67FA5BE0A', IsEnabled: true, Name: 'Microsoft NDIS Capture'},
    ],
    Flags: 0,
    Health: {LastErrorCode: 0},
    Policies: [
      {Type: 'HostRoute'},
      ...peersOf(node).map(peer => ({Type: 'RemoteSubnetRoute', ...remoteRoute(peer)})),
    ],
    Resources: {Allocators: [{Tag: 'External Adapter Info', MTU: 1500, State: 3}]},
    Subnets: [
      {
        AddressPrefix: prefixOf(node),
        GatewayAddress: gatewayOf(node),
        Policies: [{Type: 'VSID', VSID: VNI}],
      },
    ],
    Version: VERSION,
  };
}

/** What both generations say of an endpoint. */
export interface EndpointFacts {
  key: string;
  name: string;
  ip: string;
  mac: string;
  pod?: {namespace: string; name: string};
  /** Node that a remote endpoint is reached through. */
  through?: string;
}

/** All endpoints of a node: its pod's, that of the source VIP, and those of backends elsewhere. */
export function endpointsOf(node: string, pod: {namespace: string; name: string}): EndpointFacts[] {
  const remote = SERVICES.flatMap(s => s.backends).filter(b => b.node !== node);
  return [
    {
      key: `endpoint/${pod.name}`,
      name: `${idOf(pod.name)}_${NETWORK}`,
      ip: addressOf(`${pod.namespace}/${pod.name}`, node),
      mac: POD_MAC,
      pod,
    },
    {key: 'endpoint/source-vip', name: 'Ethernet', ip: sourceVipOf(node), mac: '00-15-5d-5a-b0-02'},
    ...remote.map(backend => {
      const ip = addressOf(`${backend.namespace}/${backend.name}`, backend.node);
      return {key: `endpoint/${backend.name}`, name: 'Ethernet', ip, mac: macOf(ip), through: backend.node};
    }),
  ];
}

/** The MAC address that kube-proxy gives an endpoint elsewhere. */
function macOf(ip: string): string {
  return ['02', '11', ...ip.split('.').map(n => Number(n).toString(16).padStart(2, '0'))].join('-');
}

const dnsSuffixes = (namespace: string): string[] => [
  `${namespace}.svc.cluster.local`,
  'svc.cluster.local',
  'cluster.local',
];

/** An endpoint as v2 answers it. */
export function endpointV2(node: string, {key, name, ip, mac, pod, through}: EndpointFacts): Json {
  return {
    ID: hnsGuid(node, key),
    Name: name,
    HostComputeNetwork: hnsGuid(node, 'network'),
    ...(pod && {HostComputeNamespace: netnsOf(pod.name)}),
    Policies: [
      ...(pod
        ? [
            {Type: 'OutBoundNAT', Settings: {Exceptions: [CLUSTER_CIDR, SERVICE_CIDR]}},
            {Type: 'SDNRoute', Settings: {DestinationPrefix: SERVICE_CIDR, NeedEncap: true}},
            {Type: 'EncapOverhead', Settings: {Overhead: 50}},
          ]
        : []),
      {Type: 'ProviderAddress', Settings: {ProviderAddress: nodeAddressOf(through ?? node)}},
    ],
    IpConfigurations: [{IpAddress: ip, PrefixLength: 24}],
    Dns: pod ? {Search: dnsSuffixes(pod.namespace), ServerList: [CLUSTER_DNS]} : {},
    Routes: pod ? [{NextHop: gatewayOf(node), DestinationPrefix: '0.0.0.0/0'}] : [],
    MacAddress: mac,
    Flags: through === undefined ? 0 : 1,
    SchemaVersion: V2_SCHEMA,
  };
}

/** An endpoint as v1 answers it. */
export function endpointV1(node: string, {key, name, ip, mac, pod, through}: EndpointFacts): Json {
  return {
    ID: hnsGuid(node, key).toUpperCase(),
    Name: name,
    VirtualNetwork: hnsGuid(node, 'network').toUpperCase(),
    VirtualNetworkName: NETWORK,
    Type: 'Overlay',
    IPAddress: ip,
    PrefixLength: 24,
    MacAddress: mac.toUpperCase(),
    ...(through !== undefined && {IsRemoteEndpoint: true}),
    Namespace: {ID: pod ? netnsOf(pod.name).toUpperCase() : NO_GUID, CompartmentGuid: NO_GUID},
    State: pod ? 3 : 1,
    SharedContainers: pod ? [idOf(pod.name)] : [],
    Policies: [
      ...(pod
        ? [
            {Type: 'OutBoundNAT', ExceptionList: [CLUSTER_CIDR, SERVICE_CIDR]},
            {Type: 'ROUTE', DestinationPrefix: SERVICE_CIDR, NeedEncap: true},
          ]
        : []),
      {Type: 'PA', PA: nodeAddressOf(through ?? node)},
    ],
    ...(pod && {
      DNSServerList: CLUSTER_DNS,
      DNSSuffix: dnsSuffixes(pod.namespace).join(','),
      GatewayAddress: gatewayOf(node),
      EncapOverhead: 50,
      Resources: {
        Allocators: [
          {Tag: 'Endpoint Port', EndpointPortGuid: VFP_PORTS.pod.toUpperCase(), CompartmendId: 2, State: 3},
        ],
      },
    }),
    CreateProcessingStartTime: filetime(ago(5 * DAY)),
    Version: VERSION,
  };
}

/** 100 ns steps since 1601; of whole seconds, which a number holds exactly. */
function filetime(time: string): number {
  return (Date.parse(time) + 11_644_473_600_000) * 10_000;
}
