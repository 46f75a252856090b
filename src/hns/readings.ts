import type {ObjectReading} from './join-generations.ts';
import type {HnsEndpoint, HnsLoadBalancer, HnsNamespace, HnsNetwork, HnsSdnRoute} from './model.ts';
import {readEndpoint} from './read-endpoints.ts';
import {readLoadBalancer} from './read-loadbalancers.ts';
import {readNamespace} from './read-namespaces.ts';
import {readNetwork, settledNetwork} from './read-networks.ts';
import {readSdnRoute} from './read-sdnroutes.ts';

/** Kinds of objects that HNS has, by the names of their collectors. */
export interface HnsKinds {
  networks: HnsNetwork;
  endpoints: HnsEndpoint;
  namespaces: HnsNamespace;
  loadbalancers: HnsLoadBalancer;
  sdnroutes: HnsSdnRoute;
}

export type HnsKind = keyof HnsKinds;

/** How each kind is read and joined. */
export const HNS_READINGS: {readonly [K in HnsKind]: ObjectReading<HnsKinds[K]>} = {
  networks: {
    read: readNetwork,
    both: [
      'name',
      'type',
      'adapter',
      'subnets',
      'policies',
      'extensions',
      'dns',
      'dnsSuffix',
      'mtu',
      'drMac',
      'flags',
      'lastError',
    ],
    settle: settledNetwork,
  },
  endpoints: {
    read: readEndpoint,
    both: [
      'name',
      'network',
      'ips',
      'mac',
      'remote',
      'namespace',
      'sharedContainers',
      'policies',
      'dns',
      'dnsSuffixes',
      'gateways',
      'routes',
      'encapOverhead',
      'port',
      'compartment',
    ],
  },
  namespaces: {read: readNamespace, both: ['compartment', 'isDefault', 'endpoints', 'containers']},
  loadbalancers: {
    read: readLoadBalancer,
    both: ['vips', 'endpoints', 'ports', 'sourceVip', 'dsr', 'ipv6'],
  },
  sdnroutes: {read: readSdnRoute, both: []},
};

/** What `hnsdiag list all` printed, of all kinds at once: an archive may have it alone. No agent makes it. */
export const HNSDIAG_FILE = 'hns/hnsdiag.txt';

/** The files of each kind (CONTRACT §4). */
export const HNS_FILES: {readonly [K in HnsKind]: {readonly v2: string; readonly v1?: string}} = {
  networks: {v2: 'hns/networks.json', v1: 'hns/v1-networks.json'},
  endpoints: {v2: 'hns/endpoints.json', v1: 'hns/v1-endpoints.json'},
  namespaces: {v2: 'hns/namespaces.json', v1: 'hns/v1-namespaces.json'},
  loadbalancers: {v2: 'hns/loadbalancers.json', v1: 'hns/v1-policylists.json'},
  sdnroutes: {v2: 'hns/sdnroutes.json'},
};
