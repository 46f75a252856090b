import type {HnsFault} from './fault.ts';
import {only, withFlags} from './fault.ts';

const OVERLAYS = only('flannel-overlay', 'calico-vxlan');

/** Faults of networks. */
export const NETWORK_FAULTS: readonly HnsFault[] = [
  {
    id: 'HNS002',
    fault: 'a pod network that is gone, with all that was on it',
    inject: ({node, network, nodeSubject}) => {
      const {store} = node;
      // Some plug-ins make it when the first pod comes.
      if (store.namespaces.length < 2) return undefined;
      store.networks = store.networks.filter(n => n !== network);
      store.endpoints = store.endpoints.filter(e => e.network !== network.id);
      store.balancers = [];
      for (const namespace of store.namespaces) namespace.endpoints = [];
      return nodeSubject;
    },
  },
  {
    id: 'CNI003',
    fault: 'a network name of kube-proxy that CNI and HNS do not know',
    fit: withFlags,
    inject: ({node, nodeSubject}) => {
      node.flags['network-name'] = 'another';
      return nodeSubject;
    },
  },
  {
    id: 'HNS003',
    fault: 'a network without VFP',
    inject: ({network, nodeSubject}) => {
      network.vfp = false;
      return nodeSubject;
    },
  },
  {
    id: 'HNS004',
    fault: 'a degraded network',
    inject: ({network, nodeSubject}) => {
      network.state = 2;
      return nodeSubject;
    },
  },
  {
    id: 'HNS005',
    fault: 'a management address of another adapter',
    inject: ({network, nodeSubject}) => {
      network.managementIp = '172.31.99.7';
      return nodeSubject;
    },
  },
  {
    id: 'HNS005',
    fault: 'a management address that the adapter gave itself',
    inject: ({network, nodeSubject}) => {
      network.managementIp = '169.254.12.7';
      return nodeSubject;
    },
  },
  {
    id: 'HNS006',
    fault: 'a network outside the pod CIDR of its node',
    fit: only('flannel-host-gw', 'win-bridge'),
    inject: ({network: {subnets}, nodeSubject}) => {
      const [subnet] = subnets;
      if (!subnet) return undefined;
      subnet.prefix = '10.245.7.0/24';
      subnet.gateway = '10.245.7.1';
      return nodeSubject;
    },
  },
  {
    id: 'HNS019',
    fault: 'an overlay without a route to another node',
    // Which blocks of Calico another node has, only its IPAM knows.
    fit: only('flannel-overlay'),
    inject: patient => {
      const {network} = patient;
      const route = patient.pick(network.policies.filter(p => p.type === 'RemoteSubnetRoute'));
      if (!route) return undefined;
      network.policies = network.policies.filter(p => p !== route);
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS019',
    fault: 'a route to another node by the address of a third',
    fit: OVERLAYS,
    inject: patient => {
      const route = patient.pick(patient.network.policies.filter(p => p.type === 'RemoteSubnetRoute'));
      if (!route) return undefined;
      route.settings['ProviderAddress'] = '192.168.10.99';
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS024',
    fault: 'two networks of one name',
    inject: ({node: {store}, network, nodeSubject}) => {
      store.networks.push({...network, id: store.newId(), subnets: []});
      return nodeSubject;
    },
  },
];
