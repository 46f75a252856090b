import test from 'ava';
import check from '../../../src/checks/svc/load-balancer-missing.ts';
import {judge} from '../../../src/checks/engine.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';
import {reportOf} from '../../helpers/judged.ts';
import {isBalancer, moreService, withoutBalancers} from '../../helpers/service-changes.ts';

const WEB = isBalancer('10.96.30.1', 80);
const more = (edit?: (service: Json) => void): TestCluster =>
  healthyWithAgents().add(...moreService('api', '10.96.30.2', edit));
const withoutEndpoints = (service: string, condition: Json): TestCluster =>
  withoutBalancers(WEB).change('EndpointSlice', `shop/${service}-abcde`, slice => {
    for (const endpoint of slice.endpoints) endpoint.conditions = condition;
  });

checkCases({
  check,
  finds: {
    'the load balancer of a Service is gone': () => [
      withoutBalancers(WEB),
      {
        subjects: ['Service/shop/web'],
        severity: 'error',
        cause: 'not there',
        says: /HNS of win-1 has no load balancer for 10\.96\.30\.1:80\/TCP of Service shop\/web \(ClusterIP\), and 2 ready endpoints to send to/,
      },
    ],
    'a Service that HNS never heard of': () => [more(), {subjects: ['Service/shop/api']}],
    'an external address': () => [
      healthyWithAgents().change('Service', 'shop/web', s => (s.spec.externalIPs = ['198.51.100.7'])),
      {subjects: ['Service/shop/web'], says: /198\.51\.100\.7:80\/TCP of Service shop\/web \(ExternalIP\)/},
    ],
    'an ingress address': () => [
      healthyWithAgents().change('Service', 'shop/web', s => {
        s.spec.type = 'LoadBalancer';
        s.status.loadBalancer.ingress = [{ip: '20.0.0.1'}];
      }),
      {subjects: ['Service/shop/web'], says: /20\.0\.0\.1:80\/TCP of Service shop\/web \(Ingress\)/},
    ],
    'its only pod runs there, and HNS has no endpoint for it': () => [
      withoutBalancers(WEB)
        .change('EndpointSlice', 'shop/web-abcde', s => s.endpoints.splice(1))
        .onNode('win-1', n => {
          n.set(
            'hns/endpoints.json',
            n.get('hns/endpoints.json').filter((e: Json) => !/_flannel/.test(e.Name)),
          );
          n.set(
            'hns/v1-endpoints.json',
            n.get('hns/v1-endpoints.json').filter((e: Json) => !/_flannel/.test(e.Name)),
          );
        }),
      {subjects: ['Service/shop/web'], cause: 'pods without endpoint', says: /HNS has no endpoint for them/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'a headless Service': () => more(s => Object.assign(s.spec, {clusterIP: 'None', clusterIPs: ['None']})),
    'a Service of another proxy': () =>
      more(s => (s.metadata.labels = {'service.kubernetes.io/service-proxy-name': 'another'})),
    'an alias': () => more(s => (s.spec = {type: 'ExternalName', externalName: 'example.com'})),
    'no endpoint is ready': () => withoutEndpoints('web', {ready: false, serving: false, terminating: false}),
    'all endpoints end and still serve': () =>
      withoutEndpoints('web', {ready: false, serving: true, terminating: true}),
    'its pods run elsewhere, and traffic stays on the node': () =>
      withoutBalancers(WEB)
        .change('Service', 'shop/web', s => (s.spec.internalTrafficPolicy = 'Local'))
        .change('EndpointSlice', 'shop/web-abcde', s => s.endpoints.splice(0, 1))
        .onNode('win-2', () => {}),
    'a port of SCTP': () => more(s => (s.spec.ports[0].protocol = 'SCTP')),
    'Open vSwitch balances Services': () =>
      withoutBalancers(WEB).onNode('win-1', n =>
        n.change('hns/networks.json', networks => (networks[0].Name = 'antrea-hnsnetwork')),
      ),
    'eBPF balances Services': () =>
      withoutBalancers(WEB).onNode('win-1', n =>
        n.change('services.json', s => s.push({name: 'wtc', displayName: 'wtc', state: 'Running'})),
      ),
    'its only ready pod has the address of the node itself': () =>
      withoutBalancers(WEB).change('EndpointSlice', 'shop/web-abcde', s => {
        s.endpoints.splice(1);
        s.endpoints[0].addresses = ['192.168.10.11'];
      }),
    'an endpoint of no node has the address of the node itself': () =>
      withoutBalancers(WEB).change('EndpointSlice', 'shop/web-abcde', s => {
        s.endpoints = [{addresses: ['192.168.10.11'], conditions: {ready: true}}];
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'HNS did not answer': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.without('hns/loadbalancers.json', 'timeout').without('hns/v1-policylists.json', 'timeout'),
      ),
      'node.hns.loadbalancers',
    ],
    'only a part of the answer came': () => [
      withoutBalancers(WEB).onNode('win-1', n =>
        n.partly('hns/loadbalancers.json').partly('hns/v1-policylists.json'),
      ),
      'node.hns.loadbalancers',
    ],
    'EndpointSlices may not be read': () => [healthyWithAgents().without('endpointSlices'), 'endpointSlices'],
  },
});

const stateOf = (cluster: TestCluster): string | undefined =>
  judge(cluster.snapshot(), [check]).fails[0]?.fails[0]?.state;
const changed = (cluster: TestCluster, seconds: number): TestCluster =>
  cluster.change('EndpointSlice', 'shop/web-abcde', s => {
    s.metadata.creationTimestamp = ago(86_400);
    s.metadata.annotations = {'endpoints.kubernetes.io/last-change-trigger-time': ago(seconds)};
  });

test('what has been missing for longer than five minutes is confirmed, what changed since is suspected', t => {
  t.is(stateOf(changed(withoutBalancers(WEB), 301)), 'confirmed');
  t.is(stateOf(changed(withoutBalancers(WEB), 299)), 'suspected');
});

const lately = (file: string, index: number): TestCluster =>
  changed(withoutBalancers(WEB), 3600).onNode('win-1', n =>
    n.change(file, items => (items[index].startedAt = ago(200))),
  );

test('it is suspected while kube-proxy or HNS runs for less than five minutes', t => {
  t.is(stateOf(lately('processes.json', 2)), 'suspected');
  t.is(stateOf(lately('services.json', 2)), 'suspected');
});

test('a Service that was edited a minute ago is suspected', t => {
  const edited = changed(withoutBalancers(WEB), 3600).change('Service', 'shop/web', s => {
    s.metadata.managedFields = [{manager: 'kubectl', operation: 'Update', time: ago(60)}];
  });
  t.is(stateOf(edited), 'suspected');
});

test('one Service without load balancers on two nodes is told with both of them', t => {
  const cluster = withoutBalancers(WEB).onNode('win-2', node => {
    node.set('hns/loadbalancers.json', []).set('hns/v1-policylists.json', []);
  });
  const [finding] = reportOf(cluster, [check]).findings;
  t.regex(
    finding?.message ?? '',
    /^HNS lacks 2 load balancers of 1 Service on win-1 \(1\) and win-2 \(1\): /,
  );
});
