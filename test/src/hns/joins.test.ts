import test from 'ava';
import type {EndpointMatch} from '../../../src/hns/endpoint-owners.ts';
import type {HnsJoins, JoinedEndpoint} from '../../../src/hns/joins.ts';
import {joinHns, podsWithEndpoints} from '../../../src/hns/joins.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {idOf, netnsOf} from '../../helpers/healthy-runtime.ts';
import type {Json} from '../../helpers/raw.ts';
import {seenOn, valueOf} from '../../helpers/seen-on.ts';

function joined(cluster: TestCluster): HnsJoins {
  const snapshot = cluster.snapshot();
  return joinHns(
    {
      endpoints: valueOf(seenOn(snapshot, 'node.hns.endpoints')),
      namespaces: valueOf(seenOn(snapshot, 'node.hns.namespaces')),
      loadBalancers: valueOf(seenOn(snapshot, 'node.hns.loadbalancers')),
    },
    {
      nodeName: 'win-1',
      sandboxes: valueOf(seenOn(snapshot, 'node.cri.sandboxes')),
      containers: valueOf(seenOn(snapshot, 'node.cri.containers')),
      ...objectsOf(snapshot),
    },
  );
}

/** The pods and Services that a Snapshot has. */
function objectsOf(snapshot: Snapshot) {
  return {
    pods: valueOf(evidenceOf(snapshot, 'pods')),
    services: valueOf(evidenceOf(snapshot, 'services')),
  };
}

/** The endpoint of the pod on win-1, whose v1 and v2 answers were changed alike. */
function podEndpoint(edit: (v1: Json, v2: Json) => void): JoinedEndpoint | undefined {
  const joins = joined(
    healthyWithAgents().onNode('win-1', node => {
      edit(node.get('hns/v1-endpoints.json')[0], node.get('hns/endpoints.json')[0]);
      // The namespace would name the endpoint, too.
      node.set('hns/namespaces.json', []).set('hns/v1-namespaces.json', []);
    }),
  );
  return [...joins.endpoints.values()][0];
}

const label = ({endpoint, pod, by, sandbox}: JoinedEndpoint) => [
  endpoint.remote ? 'remote' : 'local',
  pod?.metadata.name,
  by,
  sandbox?.name,
];

test('endpoints of a healthy node lead to its pod, and remote ones to pods elsewhere', t => {
  const {endpoints} = joined(healthyWithAgents());
  t.deepEqual([...endpoints.values()].map(label), [
    ['local', 'web-0', 'namespace', 'web-0'],
    ['local', undefined, undefined, undefined],
    ['remote', 'coredns-0', 'address', undefined],
    ['remote', 'coredns-1', 'address', undefined],
    ['remote', 'web-1', 'address', undefined],
  ]);
});

test('load balancers of a healthy node lead to their Services', t => {
  const {loadBalancers} = joined(healthyWithAgents());
  t.deepEqual(
    loadBalancers.map(({served, lost, endpoints}) => [
      served.map(s => `${s.service.metadata.name} ${s.as} ${s.index ?? ''}`),
      lost,
      endpoints.map(e => e.pod?.metadata.name),
    ]),
    [
      [['kube-dns clusterIP 0'], [], ['coredns-0', 'coredns-1']],
      [['kube-dns clusterIP 1'], [], ['coredns-0', 'coredns-1']],
      [['web clusterIP 0'], [], ['web-0', 'web-1']],
    ],
  );
});

const anonymous = (v1: Json, v2: Json): void => {
  delete v2.HostComputeNamespace;
  delete v1.Namespace;
  v1.SharedContainers = [];
  v1.Name = v2.Name = 'Ethernet';
};

/** Every way in which an endpoint is known, with all better ways taken away. */
const WAYS: [string, EndpointMatch, (v1: Json, v2: Json) => void][] = [
  [
    'its namespace, whatever its case and braces',
    'namespace',
    (_, v2) => (v2.HostComputeNamespace = `{${netnsOf('web-0').toUpperCase()}}`),
  ],
  ['the sandbox that shares it', 'container', v1 => (v1.SharedContainers = [idOf('web-0')])],
  ['a container that shares it', 'container', v1 => (v1.SharedContainers = [idOf('c-web-0')])],
  ['an id that HNS shortened', 'container', v1 => (v1.SharedContainers = [idOf('web-0').slice(0, 12)])],
  ['the name that win-overlay gives', 'name', (v1, v2) => (v1.Name = v2.Name = `${idOf('web-0')}_vxlan0`)],
  ['the name that Calico gives', 'name', (v1, v2) => (v1.Name = v2.Name = `${idOf('web-0')}_Calico`)],
  [
    'the name that Azure gives',
    'name',
    (v1, v2) => (v1.Name = v2.Name = `${idOf('web-0').slice(0, 8)}-eth0`),
  ],
  ['the name that AWS gives', 'name', (v1, v2) => (v1.Name = v2.Name = `cid-${idOf('web-0')}`)],
  [
    'the name that AWS gives with containerd',
    'name',
    (v1, v2) => (v1.Name = v2.Name = `cid-${netnsOf('web-0').toUpperCase()}`),
  ],
  [
    'what Antrea told HNS',
    'owner',
    v1 =>
      (v1.AdditionalParams = {'container-id': idOf('web-0'), 'pod-name': 'web-0', 'pod-namespace': 'shop'}),
  ],
  [
    'the name of the pod that Antrea told HNS',
    'owner',
    v1 => (v1.AdditionalParams = {'pod-name': 'web-0', 'pod-namespace': 'shop'}),
  ],
  ['its address', 'address', () => undefined],
];

for (const [how, by, edit] of WAYS) {
  test(`the endpoint of a pod is known by ${how}`, t => {
    const found = podEndpoint((v1, v2) => {
      anonymous(v1, v2);
      edit(v1, v2);
    });
    t.is(found?.pod?.metadata.name, 'web-0');
    t.is(found?.by, by);
  });
}

test('an endpoint that its namespace lists is of that namespace', t => {
  const joins = joined(
    healthyWithAgents().onNode('win-1', node => {
      anonymous(node.get('hns/v1-endpoints.json')[0], node.get('hns/endpoints.json')[0]);
    }),
  );
  t.like([...joins.endpoints.values()][0], {by: 'namespace', namespace: {id: netnsOf('web-0')}});
});

test('a sandbox whose pod was made anew under the same name has no pod', t => {
  const found = joined(
    healthyWithAgents().change('Pod', 'shop/web-0', pod => (pod.metadata.uid = 'another')),
  );
  const [endpoint] = [...found.endpoints.values()];
  t.is(endpoint?.sandbox?.name, 'web-0');
  t.is(endpoint?.pod, undefined);
});

test('the address of a pod that has ended belongs to nobody', t => {
  const {endpoints} = joined(
    healthyWithAgents().change('Pod', 'shop/web-1', pod => (pod.status.phase = 'Succeeded')),
  );
  t.is([...endpoints.values()][4]?.pod, undefined);
});

test('endpoints that load balancers name and HNS lacks are lost', t => {
  const {loadBalancers} = joined(
    healthyWithAgents().onNode('win-1', node => {
      node.get('hns/endpoints.json').pop();
      node.get('hns/v1-endpoints.json').pop();
    }),
  );
  t.deepEqual(
    loadBalancers.map(l => l.lost.length),
    [0, 0, 1],
  );
});

/** Load balancers of every other kind, for shop/web with an ingress address and a health check. */
const KINDS: [string, {vip?: string; port: number}, (service: Json) => void][] = [
  ['nodePort', {port: 30_080}, s => (s.spec.ports[0].nodePort = 30_080)],
  ['externalIP', {vip: '203.0.113.7', port: 80}, s => (s.spec.externalIPs = ['203.0.113.7'])],
  [
    'ingress',
    {vip: '203.0.113.8', port: 80},
    s => (s.status = {loadBalancer: {ingress: [{ip: '203.0.113.8'}]}}),
  ],
  [
    'healthCheck',
    {vip: '203.0.113.8', port: 32_000},
    s => {
      s.spec.healthCheckNodePort = 32_000;
      s.status = {loadBalancer: {ingress: [{ip: '203.0.113.8'}]}};
    },
  ],
  [
    'healthCheck',
    {vip: '203.0.113.8', port: 10_256},
    s => (s.status = {loadBalancer: {ingress: [{ip: '203.0.113.8'}]}}),
  ],
  ['clusterIP', {vip: 'fd00::1', port: 80}, s => s.spec.clusterIPs.push('FD00::1')],
];

for (const [as, {vip, port}, edit] of KINDS) {
  test(`a load balancer at ${vip ?? 'no address'}, port ${port}, is a Service's ${as}`, t => {
    const {loadBalancers} = joined(
      healthyWithAgents()
        .change('Service', 'shop/web', edit)
        .onNode('win-1', node => {
          const [template] = node.get('hns/loadbalancers.json');
          node.get('hns/loadbalancers.json').push({
            ...template,
            ID: 'another',
            FrontendVIPs: vip === undefined ? undefined : [vip],
            PortMappings: [{Protocol: 6, InternalPort: 80, ExternalPort: port}],
          });
        }),
    );
    t.deepEqual(
      loadBalancers.at(-1)?.served.map(s => [s.service.metadata.name, s.as]),
      [['web', as]],
    );
  });
}

test('a load balancer that no Service has serves nothing', t => {
  const {loadBalancers} = joined(healthyWithAgents().remove('Service', 'shop/web'));
  t.deepEqual(loadBalancers.at(-1)?.served, []);
});

test('pods of the host network need no endpoint', t => {
  const {pods} = objectsOf(healthyWithAgents().snapshot());
  t.deepEqual(
    podsWithEndpoints(pods, 'win-1').map(p => p.metadata.name),
    ['web-0'],
  );
});

test('without a runtime and without pods endpoints stand alone', t => {
  const snapshot = healthyWithAgents().snapshot();
  const endpoints = valueOf(seenOn(snapshot, 'node.hns.endpoints'));
  const joins = joinHns({endpoints, namespaces: [], loadBalancers: []}, {nodeName: 'win-1'});
  t.true([...joins.endpoints.values()].every(e => e.by === undefined && e.namespace === undefined));
});
