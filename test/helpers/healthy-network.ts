import type {AdapterFacts, RouteFacts} from '../../src/protocol/node-facts.ts';
import type {Json} from './raw.ts';
import {addressOf, nodeAddressOf, nodeNumberOf} from './raw-pods.ts';

const UPLINK = 4;
const HOST = 9;
const POD_COMPARTMENT = 2;
/** An endpoint of an overlay has 50 bytes less than the uplink for VXLAN (flannel's `EncapOverhead`). */
const POD_MTU = 1450;

/** Ports of the virtual switch on every healthy node, as VFP names them. */
export const VFP_PORTS = {
  external: '0a000000-0000-4000-8000-000000000001',
  host: '0a000000-0000-4000-8000-000000000002',
  pod: '0a000000-0000-4000-8000-000000000003',
};

/** Adapters, routes and a sample of VFP of a healthy node with flannel's overlay and one pod: files below its folder. */
export function healthyNetwork(node: string, pod: {namespace: string; name: string}): Record<string, Json> {
  const number = nodeNumberOf(node);
  const address = addressOf(`${pod.namespace}/${pod.name}`, node);
  const gateway = `10.244.${number}.1`;
  return {
    'net/adapters.json': [
      adapter({name: 'Ethernet', index: UPLINK, mac: '00-15-5d-0a-01-01'}),
      adapter({
        name: 'vEthernet (Ethernet)',
        index: HOST,
        mac: '00-15-5d-0a-01-01',
        addresses: [`${nodeAddressOf(node)}/24`],
        gateways: ['192.168.10.1'],
        dns: ['192.168.10.1'],
      }),
      adapter({
        name: 'vEthernet (pod)',
        index: 31,
        compartment: POD_COMPARTMENT,
        mac: '00-15-5d-5a-b0-b2',
        mtu: POD_MTU,
        addresses: [`${address}/24`],
        gateways: [gateway],
        dns: ['10.96.0.10'],
      }),
    ],
    'net/routes.json': [
      route('0.0.0.0/0', '192.168.10.1', HOST),
      route('192.168.10.0/24', '0.0.0.0', HOST),
      {...route('0.0.0.0/0', gateway, 31), compartment: POD_COMPARTMENT},
    ],
    'vfp/ports.json': {
      Ports: [
        {
          Id: 'ExternalPort',
          Name: VFP_PORTS.external.toUpperCase(),
          MacAddress: '00155D0A0101',
          VmsPortId: 1,
        },
        {Id: 'Container NIC 9b219d6e', Name: VFP_PORTS.host.toUpperCase(), MacAddress: '00155D0A0101'},
        {Id: idOfEndpoint(pod), Name: VFP_PORTS.pod.toUpperCase(), MacAddress: '00155D5AB0B2', VmsPortId: 3},
      ],
    },
    [`vfp/${VFP_PORTS.pod}-layers.json`]: {Layers: [{Id: 'VNET_MAC_REWRITE_LAYER'}, {Id: 'LB_DSR'}]},
    [`vfp/${VFP_PORTS.pod}-rules.json`]: {
      Layers: [
        {
          Id: 'LB_DSR',
          Groups: [
            {
              Id: 'LB_DSR_IPv4_OUT',
              Rules: [{Id: `LB_DSR_0a1b2_${nodeAddressOf(node)}_10.96.0.10_53_53_17`, Conditions: []}],
            },
          ],
        },
      ],
    },
  };
}

function idOfEndpoint({namespace, name}: {namespace: string; name: string}): string {
  return `${name}_${namespace}`;
}

function adapter(facts: Partial<AdapterFacts>): AdapterFacts {
  return {
    name: '',
    index: 0,
    mac: '',
    addresses: [],
    description: 'Hyper-V Virtual Ethernet Adapter',
    compartment: 1,
    mtu: 1500,
    status: 'up',
    gateways: [],
    dns: [],
    ...facts,
  };
}

function route(destination: string, nextHop: string, index: number): RouteFacts {
  return {destination, nextHop, index, compartment: 1, metric: 25};
}
