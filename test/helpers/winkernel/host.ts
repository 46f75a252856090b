import type {Json} from '../raw.ts';
import type {Addresses} from './addresses.ts';
import {NODE_DNS} from './dns.ts';
import {UPLINK_MTU} from './raw-v1.ts';
import type {HnsStore} from './store.ts';

/** Adapters and routes of a node and of the compartments of its pods. */
export function hostOf(
  store: HnsStore,
  addresses: Addresses,
  index: number,
): {adapters: Json[]; routes: Json[]} {
  const host = {compartment: 1, index: 4};
  const attached = store.endpoints.filter(e => e.state === 3);
  const compartments = new Map(store.namespaces.map(n => [n.id, n.compartment]));
  const inside = attached.map((endpoint, i) => ({
    endpoint,
    at: {compartment: compartments.get(endpoint.namespace ?? '') ?? 0, index: 20 + i},
  }));
  const gateway = addresses.nodeIp(index).replace(/\d+$/, '1');
  return {
    adapters: [
      {
        name: 'vEthernet (Ethernet)',
        description: 'Hyper-V Virtual Ethernet Adapter',
        ...host,
        mac: '00-15-5D-00-00-01',
        mtu: UPLINK_MTU,
        status: 'Up',
        addresses: [`${addresses.nodeIp(index)}/24`],
        gateways: [gateway],
        dns: NODE_DNS,
      },
      ...inside.map(({endpoint, at}, i) => ({
        name: `vEthernet (Container NIC ${endpoint.id.slice(0, 4)}${i})`,
        description: `Hyper-V Virtual Ethernet Container Adapter #${i}`,
        ...at,
        mac: endpoint.mac.toUpperCase(),
        mtu: UPLINK_MTU - endpoint.encapOverhead,
        status: 'Up',
        addresses: [`${endpoint.ip}/${endpoint.prefixLength}`],
        gateways: [endpoint.gateway],
        dns: endpoint.dns,
      })),
    ],
    routes: [
      {destination: '0.0.0.0/0', nextHop: gateway, ...host, metric: 25},
      {destination: '169.254.169.254/32', nextHop: gateway, ...host, metric: 25},
      ...inside.map(({endpoint, at}) => ({
        destination: '0.0.0.0/0',
        nextHop: endpoint.gateway,
        ...at,
        metric: 256,
      })),
    ],
  };
}
