import {DNS_VIP} from '../../helpers/winkernel/addresses.ts';
import type {StoredEndpoint} from '../../helpers/winkernel/store.ts';
import type {HnsFault, Patient} from './fault.ts';
import {only, serving} from './fault.ts';

const SERVING = serving('ClusterIP');
/** A pod that no cluster has so many of. */
const UNUSED_POD = 50;

/** Faults of endpoints and namespaces. */
export const ENDPOINT_FAULTS: readonly HnsFault[] = [
  {
    id: 'HNS007',
    fault: 'an endpoint of a pod that is gone',
    fit: SERVING,
    inject: patient => {
      const {node, nodeSubject, cluster} = patient;
      const model = patient.podEndpoint();
      if (!model) return undefined;
      const ghost = node.store.newId();
      add(patient, {
        ...model,
        name: model.name.startsWith('cid-')
          ? `cid-${ghost}`
          : model.name.replace(/^[^_-]+/, '0123abcd'.repeat(8)),
        ip: cluster.addresses.podIp(node.index, UNUSED_POD),
        ip6: undefined,
        namespace: ghost,
        containers: ['0123abcd'.repeat(8)],
        pod: undefined,
      });
      return nodeSubject;
    },
  },
  {
    id: 'HNS008',
    fault: 'a remote endpoint with the address of a living pod of the node',
    fit: SERVING,
    inject: patient => {
      const local = patient.podEndpoint();
      if (!local) return undefined;
      add(patient, remote(patient, local.ip));
      return `Pod/${local.pod}`;
    },
  },
  {
    id: 'HNS009',
    fault: 'two endpoints of pods with one address',
    fit: SERVING,
    inject: patient => {
      const first = patient.podEndpoint();
      const second = patient.node.store.endpoints.find(e => e.pod !== undefined && e !== first);
      if (!first || !second || second.ip6 !== undefined) return undefined;
      add(patient, {...first, namespace: second.namespace, pod: undefined});
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS009',
    fault: 'two remote endpoints with one address',
    inject: patient => {
      const twin = patient.pick(patient.node.store.endpoints.filter(e => e.remote));
      if (!twin) return undefined;
      add(patient, twin);
      return patient.nodeSubject;
    },
  },
  ...[4, 5, 1].map((state): HnsFault => ({
    id: 'HNS010',
    fault: `an endpoint of a running pod in state ${state}`,
    fit: SERVING,
    inject: patient => {
      const endpoint = patient.podEndpoint();
      if (!endpoint) return undefined;
      endpoint.state = state;
      return `Pod/${endpoint.pod}`;
    },
  })),
  {
    id: 'HNS011',
    fault: 'a running pod without an endpoint',
    fit: SERVING,
    inject: patient => {
      const {store} = patient.node;
      const lost = patient.podEndpoint();
      if (!lost) return undefined;
      store.endpoints = store.endpoints.filter(e => e !== lost);
      for (const namespace of store.namespaces) {
        namespace.endpoints = namespace.endpoints.filter(id => id !== lost.id);
      }
      for (const balancer of store.balancers) {
        balancer.endpoints = balancer.endpoints.filter(id => id !== lost.id);
      }
      store.balancers = store.balancers.filter(b => b.endpoints.length > 0);
      return `Pod/${lost.pod}`;
    },
  },
  {
    id: 'HNS012',
    fault: 'a namespace that HNS cannot remove',
    inject: ({node: {store}, nodeSubject}) => {
      store.namespaces.push({
        id: store.newId(),
        compartment: 77,
        isDefault: false,
        endpoints: [],
        containers: ['0123456789ab'],
        state: 4,
      });
      return nodeSubject;
    },
  },
  {
    id: 'HNS013',
    fault: 'outbound NAT of what goes to Services',
    fit: plan => SERVING(only('flannel-overlay', 'flannel-host-gw', 'calico-vxlan', 'win-bridge')(plan)),
    inject: patient => {
      const nat = policyOf(patient, 'OutBoundNAT');
      if (!nat) return undefined;
      nat['Exceptions'] = ['192.0.2.0/24'];
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS015',
    fault: 'an endpoint without the route for Services',
    fit: plan => SERVING(only('flannel-overlay', 'flannel-host-gw', 'calico-vxlan', 'win-bridge')(plan)),
    inject: patient => {
      const endpoint = patient.podEndpoint();
      if (!endpoint) return undefined;
      endpoint.policies = endpoint.policies.filter(p => p.type !== 'SDNRoute');
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS016',
    fault: 'an adapter of a pod whose packets do not fit',
    fit: SERVING,
    inject: ({node, nodeSubject}) => {
      const inside = node.adapters.find(a => a.compartment !== 1);
      if (!inside) return undefined;
      inside.mtu = 9000;
      return nodeSubject;
    },
  },
  {
    id: 'HNS017',
    fault: 'an endpoint with the DNS server of something else',
    fit: SERVING,
    inject: patient => {
      const endpoint = patient.podEndpoint(e => e.dns.includes(DNS_VIP));
      if (!endpoint) return undefined;
      endpoint.dns = ['192.0.2.53'];
      return `Pod/${endpoint.pod}`;
    },
  },
  {
    id: 'HNS017',
    fault: 'an endpoint without the suffix of its namespace',
    fit: SERVING,
    inject: patient => {
      const endpoint = patient.podEndpoint(e => e.dns.includes(DNS_VIP));
      if (!endpoint) return undefined;
      endpoint.suffixes = ['svc.cluster.local'];
      return `Pod/${endpoint.pod}`;
    },
  },
  {
    id: 'HNS018',
    fault: 'an endpoint without a gateway',
    fit: SERVING,
    inject: patient => {
      const endpoint = patient.podEndpoint(e => e.ip6 === undefined);
      if (!endpoint) return undefined;
      delete endpoint.gateway;
      const adapter = patient.node.adapters.find(a => a.addresses[0]?.startsWith(`${endpoint.ip}/`));
      if (adapter) adapter.gateways = [];
      patient.node.routes = patient.node.routes.filter(r => r.compartment !== adapter?.compartment);
      return patient.nodeSubject;
    },
  },
  {
    id: 'HNS020',
    fault: 'an exception that nobody filled in',
    fit: SERVING,
    inject: patient => {
      const nat = policyOf(patient, 'OutBoundNAT');
      if (!Array.isArray(nat?.['Exceptions'])) return undefined;
      nat['Exceptions'] = [...nat['Exceptions'], '__K8S_SERVICE_CIDR__'];
      return patient.nodeSubject;
    },
  },
];

function add({node: {store}}: Patient, like: Omit<StoredEndpoint, 'id'>): void {
  store.add(structuredClone(like));
}

/** A remote endpoint as kube-proxy makes it. */
function remote({node: {store}, network}: Patient, ip: string): Omit<StoredEndpoint, 'id'> {
  const model = store.endpoints.find(e => e.remote);
  return {
    name: 'Ethernet',
    network: network.id,
    prefixLength: 16,
    mac: '02-11-01-02-03-04',
    containers: [],
    policies: model?.policies ?? [],
    dns: [],
    suffixes: [],
    encapOverhead: 0,
    ip,
    remote: true,
    state: 1,
  };
}

function policyOf(patient: Patient, type: string): Record<string, unknown> | undefined {
  return patient.podEndpoint()?.policies.find(p => p.type === type)?.settings;
}
