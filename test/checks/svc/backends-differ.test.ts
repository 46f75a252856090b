import check from '../../../src/checks/svc/backends-differ.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {changedBalancer, isBalancer} from '../../helpers/service-changes.ts';

const WEB = isBalancer('10.96.30.1', 80);
const DNS = isBalancer('10.96.0.10', 53);
const setEndpoints = (edit: (ids: string[]) => string[]): TestCluster =>
  changedBalancer(WEB, (raw: Json) => {
    if (raw.HostComputeEndpoints) raw.HostComputeEndpoints = edit(raw.HostComputeEndpoints);
    else raw.References = edit(raw.References);
  });
const slice = (edit: (slice: Json) => void): TestCluster =>
  healthyWithAgents().change('EndpointSlice', 'shop/web-abcde', edit);
const idsOf = (is: (raw: Json) => boolean): string[] => {
  const all: Json[] = [];
  healthyWithAgents().onNode('win-1', n => all.push(...n.get('hns/loadbalancers.json')));
  return all.find(is).HostComputeEndpoints;
};

checkCases({
  check,
  finds: {
    'a pod is missing': () => [
      setEndpoints(ids => ids.slice(1)),
      {
        subjects: ['Service/shop/web'],
        severity: 'error',
        cause: 'endpoints differ',
        says: /10\.96\.30\.1:80\/TCP of Service shop\/web on win-1 lacks 10\.244\./,
      },
    ],
    'a pod is not ready any more': () => [
      slice(s => (s.endpoints[0].conditions = {ready: false, serving: false, terminating: false})),
      {subjects: ['Service/shop/web'], says: /sends to 10\.244\./},
    ],
    'nothing is ready any more': () => [
      slice(s => (s.endpoints = [])),
      {subjects: ['Service/shop/web'], says: /sends to .*, though no endpoint is ready/},
    ],
    'it sends to pods of another Service': () => [
      setEndpoints(ids => [
        ...ids,
        ...idsOf(DNS).map(id => (ids[0]?.startsWith('/') ? `/endpoints/${id}` : id)),
      ]),
      {subjects: ['Service/shop/web'], says: /sends to /},
    ],
    'a new pod, while the endpoints that it has are frozen': () => [
      slice(s => (s.endpoints[1].addresses = ['10.244.2.77'])),
      {subjects: ['Service/shop/web'], says: /lacks 10\.244\.2\.77 and sends to /},
    ],
    'another port': () => [
      changedBalancer(WEB, (raw: Json) => ((raw.PortMappings ?? raw.Policies)[0].InternalPort = 8080)),
      {
        subjects: ['Service/shop/web'],
        cause: 'port differs',
        says: /sends to port 8080 in place of 80/,
      },
    ],
    'its pods elsewhere, though traffic stays on the node': () => [
      healthyWithAgents().change('Service', 'shop/web', s => (s.spec.internalTrafficPolicy = 'Local')),
      {subjects: ['Service/shop/web'], says: /sends to /},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'a pod that ends and still serves, beside one that is ready': () =>
      setEndpoints(ids => ids.slice(0, 1))
        .change('EndpointSlice', 'shop/web-abcde', s => {
          s.endpoints[1].conditions = {ready: false, serving: true, terminating: true};
        })
        .onNode('win-2', n => {
          for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json']) n.set(file, []);
        }),
    'an endpoint without conditions, which is ready': () => slice(s => delete s.endpoints[0].conditions),
    'an endpoint that HNS does not have, which SVC007 tells': () =>
      setEndpoints(ids => [...ids.slice(1), '0bad0000-0000-4000-8000-000000000000']),
    'endpoints in two slices': () => {
      const cluster = healthyWithAgents();
      const second = cluster.get('EndpointSlice', 'shop/web-abcde');
      return cluster.add({...second, metadata: {...second.metadata, name: 'web-fghij'}});
    },
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'the endpoints did not come': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.without('hns/endpoints.json', 'timeout').without('hns/v1-endpoints.json', 'timeout'),
      ),
      'node.hns.endpoints',
    ],
  },
});
