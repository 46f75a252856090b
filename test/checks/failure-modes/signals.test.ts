import {healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, remoteEndpoint} from '../../helpers/hns-changes.ts';
import {ago} from '../../helpers/raw.ts';
import {
  balancersOf,
  changedBalancer,
  isBalancer,
  moreService,
  withoutBalancers,
} from '../../helpers/service-changes.ts';
import {rows} from './found.ts';

/** Signals in what HNS has of pods and Services (`facts/hns.md` §6). */

const WEB = isBalancer('10.96.30.1', 80);
const ID = '0DADA000-0000-4000-8000-000000000001';
const podIp = String(healthyWithAgents().get('Pod', 'shop/web-0')['status'].podIP);
/** FILETIME of an hour ago. */
const HOUR_AGO = String((BigInt(Date.parse(ago(3600))) + 11_644_473_600_000n) * 10_000n);

rows([
  [
    'a local endpoint whose sandbox containerd does not know',
    () =>
      hnsOf('endpoints', {
        v1: list =>
          list.push({
            ...list[0],
            ID,
            Name: 'busybox-719fb3',
            IPAddress: '10.244.1.77',
            Namespace: {ID: ID.replace(/1$/, '2')},
            SharedContainers: [],
            CreateProcessingStartTime: HOUR_AGO,
          }),
      }),
    ['HNS007'],
  ],
  [
    'a remote endpoint with the address of a pod here',
    () => hnsOf('endpoints', remoteEndpoint(podIp)),
    ['HNS008', 'HNS009'],
  ],
  [
    'a remote endpoint whose address is in no EndpointSlice',
    () => hnsOf('endpoints', remoteEndpoint('10.244.1.42')),
    ['HNS008'],
  ],
  [
    'two endpoints with one address',
    () => hnsOf('endpoints', {v1: list => list.push({...list[0], ID})}),
    ['HNS009'],
  ],
  [
    'the endpoint of a running pod is in state 1 and shared with nobody',
    () => hnsOf('endpoints', {v1: ([endpoint]) => Object.assign(endpoint, {State: 1, SharedContainers: {}})}),
    ['HNS010'],
  ],
  [
    'a namespace in state 4 that lists a dead container and no resource',
    () =>
      hnsOf('namespaces', {
        v1: list =>
          list.push({
            ID,
            CompartmentId: 51,
            IsDefault: false,
            Containers: ['4b57fac484487d41925f27601c210d4a7634eb5407f9fffe28037f5eba3bbd0d'],
            ResourceList: {},
            State: 4,
          }),
      }),
    ['HNS012'],
  ],
  ['a Service with ready endpoints and no load balancer', () => withoutBalancers(WEB), ['SVC001']],
  ['the DNS Service lacks UDP', () => withoutBalancers(isBalancer('10.96.0.10', 53, 17)), ['SVC006']],
  [
    'a load balancer for no Service',
    () =>
      changedBalancer(WEB, raw => {
        if (raw.FrontendVIPs) raw.FrontendVIPs = ['10.96.99.9'];
        else raw.Policies[0].VIPs = ['10.96.99.9'];
      }),
    ['SVC001', 'SVC002'],
  ],
  [
    'a load balancer that names endpoints which are gone',
    () =>
      changedBalancer(WEB, raw => {
        if (raw.HostComputeEndpoints) raw.HostComputeEndpoints.push(ID.toLowerCase());
        else raw.References.push(`/endpoints/${ID.toLowerCase()}`);
      }),
    ['SVC007'],
  ],
  [
    'a load balancer whose state is not 2',
    () =>
      changedBalancer(WEB, raw => {
        if (raw.Policies) raw.State = 5;
      }),
    ['SVC008'],
  ],
  [
    'a load balancer with another set of endpoints than the slices',
    () => changedBalancer(WEB, raw => (raw.HostComputeEndpoints ?? raw.References).pop()),
    ['SVC003'],
  ],
  [
    'one address and port in two load balancers',
    () => balancersOf(all => [...all, {...structuredClone(all.find(WEB)), ID}]),
    ['SVC004'],
  ],
  [
    'far fewer load balancers than Services',
    () =>
      withoutBalancers(
        () => true,
        Array.from({length: 10}, (_, i) => moreService(`api-${i}`, `10.96.31.${i + 1}`))
          .reduce((cluster, objects) => cluster.add(...objects), healthyWithAgents())
          .onNode('win-2', n => n.set('hns/loadbalancers.json', []).set('hns/v1-policylists.json', [])),
      ),
    ['SVC001', 'SVC005', 'SVC006'],
  ],
]);
