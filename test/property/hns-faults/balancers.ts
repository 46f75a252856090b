import type {StoredBalancer} from '../../helpers/winkernel/store.ts';
import type {HnsFault, Patient} from './fault.ts';
import {only, serving, withFlags} from './fault.ts';

const DNS = 'kube-system/kube-dns';
const isOf = (role: StoredBalancer['role']) => (b: StoredBalancer) => b.role === role && b.service !== DNS;

function drop({node: {store}}: Patient, balancer: StoredBalancer): string {
  store.balancers = store.balancers.filter(b => b !== balancer);
  return `Service/${balancer.service}`;
}

/** Faults of load balancers. */
export const BALANCER_FAULTS: readonly HnsFault[] = [
  ...(['cluster', 'external', 'ingress'] as const).map((role): HnsFault => ({
    id: 'SVC001',
    fault: `a load balancer that is missing (${role} address)`,
    fit: serving('LoadBalancer'),
    inject: patient => {
      const lost = patient.balancer(isOf(role));
      return lost && drop(patient, lost);
    },
  })),
  {
    id: 'SVC001',
    fault: 'a load balancer of another address than its Service has',
    fit: serving('ClusterIP'),
    inject: patient => {
      const wrong = patient.balancer(isOf('cluster'));
      if (!wrong) return undefined;
      wrong.vips = [wrong.vips[0]?.includes(':') ? 'fd00:10:96::ffff' : '10.111.222.33'];
      return `Service/${wrong.service}`;
    },
  },
  {
    id: 'SVC001',
    fault: 'a load balancer on another port than its Service has',
    fit: serving('ClusterIP'),
    inject: patient => {
      const wrong = patient.balancer(isOf('cluster'));
      if (!wrong) return undefined;
      wrong.external = 9999;
      return `Service/${wrong.service}`;
    },
  },
  {
    id: 'SVC002',
    fault: 'a load balancer of a Service that is gone',
    inject: patient => {
      const model = patient.balancer();
      if (!model) return undefined;
      add(patient, {...model, vips: ['10.111.222.33'], flags: model.flags & 1});
      return patient.nodeSubject;
    },
  },
  {
    id: 'SVC002',
    fault: 'a load balancer of a port that its Service has no more',
    inject: patient => {
      const model = patient.balancer(isOf('cluster'));
      if (!model) return undefined;
      add(patient, {...model, external: 9999});
      return patient.nodeSubject;
    },
  },
  {
    id: 'SVC003',
    fault: 'a backend that is missing',
    fit: serving('ClusterIP'),
    inject: patient => {
      const balancer = patient.balancer(b => b.endpoints.length > 1);
      balancer?.endpoints.pop();
      return balancer && `Service/${balancer.service}`;
    },
  },
  {
    id: 'SVC003',
    fault: 'a backend of another Service',
    fit: serving('ClusterIP'),
    inject: patient => {
      const balancer = patient.balancer(isOf('cluster'));
      const wrong = patient.pick(
        patient.node.store.endpoints.filter(
          e => patient.referred.has(e.id) && !balancer?.endpoints.includes(e.id),
        ),
      );
      if (!balancer || !wrong) return undefined;
      balancer.endpoints[0] = wrong.id;
      return `Service/${balancer.service}`;
    },
  },
  {
    id: 'SVC003',
    fault: 'backends on another port',
    fit: serving('ClusterIP'),
    inject: patient => {
      const balancer = patient.balancer(isOf('cluster'));
      if (!balancer) return undefined;
      balancer.internal = 4711;
      return `Service/${balancer.service}`;
    },
  },
  {
    id: 'SVC004',
    fault: 'two load balancers of one address and port',
    inject: patient => {
      const twin = patient.balancer(b => b.vips.length > 0);
      if (!twin) return undefined;
      add(patient, twin);
      return patient.nodeSubject;
    },
  },
  {
    id: 'SVC005',
    fault: 'nearly all load balancers gone',
    fit: plan => {
      const one = serving('LoadBalancer')(plan);
      const [first] = one.services;
      return first ? {...one, services: Array.from({length: 12}, () => first)} : one;
    },
    inject: ({node: {store}, nodeSubject}) => {
      store.balancers = store.balancers.filter(b => b.service === DNS);
      return nodeSubject;
    },
  },
  {
    id: 'SVC006',
    fault: 'DNS without its load balancer for UDP',
    inject: patient => {
      const lost = patient.balancer(b => b.service === DNS && b.protocol === 17);
      return lost && drop(patient, lost);
    },
  },
  {
    id: 'SVC007',
    fault: 'a backend that HNS does not have',
    inject: patient => {
      const balancer = patient.balancer();
      balancer?.endpoints.push(patient.node.store.newId());
      return balancer && patient.nodeSubject;
    },
  },
  {
    id: 'SVC007',
    fault: 'a remote endpoint that was deleted under its load balancers',
    fit: serving('ClusterIP'),
    inject: patient => {
      const {store} = patient.node;
      const lost = patient.pick(store.endpoints.filter(e => e.remote && patient.referred.has(e.id)));
      if (!lost) return undefined;
      store.endpoints = store.endpoints.filter(e => e !== lost);
      return patient.nodeSubject;
    },
  },
  {
    id: 'SVC008',
    fault: 'a load balancer that is not in order',
    inject: patient => {
      const balancer = patient.balancer();
      if (!balancer) return undefined;
      balancer.state = 5;
      return patient.nodeSubject;
    },
  },
  {
    id: 'SVC009',
    fault: 'a source VIP outside the subnet of the overlay',
    fit: plan => withFlags(only('flannel-overlay', 'calico-vxlan')(plan)),
    inject: ({node, nodeSubject}) => {
      const {store, flags} = node;
      for (const balancer of store.balancers) {
        if (balancer.sourceVip === flags['source-vip']) balancer.sourceVip = '10.250.0.9';
      }
      flags['source-vip'] = '10.250.0.9';
      return nodeSubject;
    },
  },
  {
    id: 'SVC010',
    fault: 'a load balancer that forgets its clients',
    fit: serving('ClusterIP'),
    inject: patient => {
      if (!patient.node.store.atLeast(12, 0)) return undefined;
      const balancer = patient.balancer(b => b.distribution === 2);
      if (!balancer) return undefined;
      balancer.distribution = 0;
      return `Service/${balancer.service}`;
    },
  },
  {
    id: 'SVC011',
    fault: 'a node port that is missing',
    fit: serving('NodePort'),
    inject: patient => {
      const lost = patient.balancer(isOf('node port'));
      return lost && drop(patient, lost);
    },
  },
  {
    id: 'SVC015',
    fault: 'a load balancer whose answers take another way',
    fit: plan => withFlags(serving('ClusterIP')(plan)),
    inject: patient => {
      const balancer = patient.balancer(isOf('cluster'));
      if (!balancer) return undefined;
      balancer.flags ^= 1;
      return `Service/${balancer.service}`;
    },
  },
];

function add({node: {store}}: Patient, like: StoredBalancer): void {
  store.balancers.push({...structuredClone(like), id: store.newId()});
}
