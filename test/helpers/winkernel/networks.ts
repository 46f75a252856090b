import {SERVICE_CIDR, addressesOf} from './addresses.ts';
import type {CniKind} from './plan.ts';
import type {HnsStore, StoredNetwork} from './store.ts';

/** Names and numbers of a kind of network, as its plug-in has them. */
export interface CniTraits {
  /** What CNI's configuration and kube-proxy call the network. */
  network: (node: number) => string;
  type: 'Overlay' | 'L2Bridge';
  vni?: number;
  /** `EncapOverhead` of its endpoints: bytes. */
  overhead: number;
  /** The host's endpoint, which `--root-hnsendpoint-name` names. */
  hostEndpoint?: string;
  /** Another network, which only makes the switch. */
  external: boolean;
  /** Whether endpoints get a route for Services that ends at the host. */
  sdnRoute: boolean;
  /** Whether pods may have IPv6 addresses: overlays may not. */
  dualStack: boolean;
  /** Name of a pod's endpoint. */
  endpointName: (of: {sandbox: string; namespace: string}) => string;
  /** The configuration's own file and plug-in. */
  conf: {file: string; type: string};
}

const bySandbox =
  (name: string) =>
  ({sandbox}: {sandbox: string}): string =>
    `${sandbox}_${name}`;

const bridge = {type: 'L2Bridge', overhead: 0, external: false, sdnRoute: true, dualStack: false} as const;
const overlay = {...bridge, type: 'Overlay', vni: 4096, overhead: 50, external: true} as const;

export const CNI_TRAITS: Record<CniKind, CniTraits> = {
  'flannel-overlay': {
    ...overlay,
    network: () => 'flannel.4096',
    endpointName: bySandbox('flannel.4096'),
    conf: {file: '10-flannel.conf', type: 'flannel'},
  },
  'flannel-host-gw': {
    ...bridge,
    network: () => 'cbr0',
    hostEndpoint: 'cbr0_ep',
    endpointName: bySandbox('cbr0'),
    conf: {file: '10-flannel.conf', type: 'flannel'},
  },
  'calico-vxlan': {
    ...overlay,
    network: () => 'Calico',
    hostEndpoint: 'Calico_ep',
    endpointName: bySandbox('Calico'),
    conf: {file: '10-calico.conf', type: 'calico'},
  },
  'win-bridge': {
    ...bridge,
    dualStack: true,
    network: () => 'l2bridgeNetwork',
    endpointName: bySandbox('l2bridgeNetwork'),
    conf: {file: 'l2bridge.conf', type: 'win-bridge'},
  },
  azure: {
    ...bridge,
    dualStack: true,
    sdnRoute: false,
    network: () => 'azure',
    endpointName: ({sandbox}) => `${sandbox.slice(0, 8)}-eth0`,
    conf: {file: '10-azure.conflist', type: 'azure-vnet'},
  },
  aws: {
    ...bridge,
    network: node => `vpcbr06684cbed4${(0x70 + node).toString(16)}`,
    endpointName: ({namespace}) => `cid-${namespace}`,
    conf: {file: 'vpc-bridge.conf', type: 'vpc-bridge'},
  },
};

/** Of Calico and flannel: a network that only makes a switch. */
const EXTERNAL = {prefix: '192.168.255.0/30', gateway: '192.168.255.1', vsid: 9999};

/** The network of a node and its host's endpoint, as the plug-in sets them up before the first pod comes. */
export function setUpNetwork(
  store: HnsStore,
  {cni, node, nodes, dualStack}: {cni: CniKind; node: number; nodes: number; dualStack: boolean},
): StoredNetwork {
  const addresses = addressesOf(cni);
  const traits = CNI_TRAITS[cni];
  const common = {
    type: traits.type,
    managementIp: addresses.nodeIp(node),
    ...(dualStack && {managementIp6: addresses.nodeIp6(node)}),
    vfp: true,
    state: 1,
  };
  if (traits.external) {
    store.networks.push({id: store.newId(), name: 'External', ...common, subnets: [EXTERNAL], policies: []});
  }
  const isOverlay = traits.vni !== undefined;
  const others = Array.from({length: nodes}, (_, other) => other).filter(other => other !== node);
  const network: StoredNetwork = {
    id: store.newId(),
    name: traits.network(node),
    ...common,
    subnets: [
      {
        prefix: addresses.prefix(node),
        gateway: addresses.gateway(node),
        ...(isOverlay && {vsid: traits.vni}),
      },
      ...(dualStack
        ? [{prefix: addresses.prefix6(node), gateway: addresses.prefix6(node).replace('/64', '1')}]
        : []),
    ],
    policies: isOverlay
      ? [
          {type: 'HostRoute', settings: {}},
          ...others.map(other => ({
            type: 'RemoteSubnetRoute',
            settings: {
              DestinationPrefix: addresses.prefix(other),
              IsolationId: traits.vni,
              ProviderAddress: addresses.nodeIp(other),
              DistributedRouterMacAddress: `66-a5-cc-c1-86-${(0x10 + other).toString(16)}`,
            },
          })),
        ]
      : [],
  };
  store.networks.push(network);
  store.namespaces.push({
    id: store.newId(),
    compartment: 1,
    isDefault: true,
    endpoints: [],
    containers: [],
    state: 1,
  });
  if (traits.hostEndpoint !== undefined) addHostEndpoint(store, network, traits, addresses.hostIp(node));
  return network;
}

function addHostEndpoint(store: HnsStore, network: StoredNetwork, traits: CniTraits, ip: string): void {
  const host = store.namespaces.find(n => n.isDefault);
  store.add({
    name: traits.hostEndpoint ?? '',
    network: network.id,
    ip,
    prefixLength: prefixLengthOf(network),
    gateway: network.subnets[0]?.gateway ?? '',
    mac: `00-15-5D-74-E1-${ip.split('.')[2]?.slice(-2).padStart(2, '0') ?? '00'}`,
    remote: false,
    state: 2,
    ...(host && {namespace: host.id}),
    containers: [],
    policies: [],
    dns: [],
    suffixes: [],
    encapOverhead: traits.overhead,
  });
}

/** Length of the prefix of a network's first subnet. */
export function prefixLengthOf({subnets: [subnet]}: StoredNetwork): number {
  return Number(subnet?.prefix.split('/')[1] ?? 24);
}

/** The plug-in's configuration, as the node has it in a file. */
export function confOf(cni: CniKind, node: number): [file: string, conf: object] {
  const traits = CNI_TRAITS[cni];
  const {exceptions, prefix} = addressesOf(cni);
  const {file, type} = traits.conf;
  const dns = {Nameservers: ['10.96.0.10'], Search: ['svc.cluster.local']};
  const policies = [
    endpointPolicy({Type: 'OutBoundNAT', ExceptionList: exceptions}),
    ...(traits.sdnRoute
      ? [endpointPolicy({Type: 'ROUTE', DestinationPrefix: SERVICE_CIDR, NeedEncap: true})]
      : []),
  ];
  const name = traits.network(node);
  if (type === 'flannel') {
    const delegate = {type: traits.vni === undefined ? 'win-bridge' : 'win-overlay', dns, policies};
    return [file, {cniVersion: '0.3.0', name, type, delegate}];
  }
  if (type === 'azure-vnet') {
    return [
      file,
      {
        cniVersion: '0.3.0',
        name,
        adapterName: '',
        plugins: [
          {
            type,
            mode: 'bridge',
            bridge: 'azure0',
            ipam: {type: 'azure-vnet-ipam'},
            dns,
            AdditionalArgs: policies,
          },
        ],
      },
    ];
  }
  if (type === 'vpc-bridge') {
    const {nodeIp, gateway} = addressesOf(cni);
    const conf = {eniName: 'Ethernet', eniIPAddress: `${nodeIp(node)}/24`, gatewayIPAddress: gateway(node)};
    return [
      file,
      {
        cniVersion: '0.3.1',
        name: 'vpc',
        type,
        capabilities: {portMappings: true, dns: true},
        ...conf,
        vpcCIDRs: [exceptions[0]],
        serviceCIDR: SERVICE_CIDR,
        dns,
        ipam: {type: 'static'},
      },
    ];
  }
  const ipam = type === 'calico' ? {type: 'calico-ipam'} : {subnet: prefix(node)};
  return [file, {cniVersion: '0.3.1', name, type, ipam, dns, policies}];
}

function endpointPolicy(value: object): object {
  return {Name: 'EndpointPolicy', Value: value};
}
