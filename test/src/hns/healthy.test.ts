import test from 'ava';
import type {NodeFacts, NodeKey} from '../../../src/node/evidence.ts';
import {generationGap} from '../../../src/node/hns-objects.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import {seenOn, valueOf} from '../../helpers/seen-on.ts';
import type {TestNode} from '../../helpers/node-files.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {netnsOf, idOf} from '../../helpers/healthy-runtime.ts';
import {VFP_PORTS} from '../../helpers/healthy-network.ts';

function seen<K extends NodeKey>(
  key: K,
  edit: (node: TestNode) => void = () => undefined,
): Evidence<NodeFacts[K]> {
  return seenOn(healthyWithAgents().onNode('win-1', edit).snapshot(), key);
}

test('a healthy node has one overlay network with VFP, its node address and its pod range', t => {
  const [network, ...others] = valueOf(seen('node.hns.networks'));
  t.like(network, {
    name: 'flannel.4096',
    type: 'overlay',
    state: 1,
    managementIps: ['192.168.10.11'],
    adapter: 'Ethernet',
    mtu: 1500,
    at: {v1: 0, v2: 0},
  });
  t.like(network?.subnets[0], {prefix: '10.244.1.0/24', gateway: '10.244.1.1', vsid: 4096});
  t.deepEqual(
    network?.policies.filter(p => p.type === 'RemoteSubnetRoute').map(p => p.settings['ProviderAddress']),
    ['192.168.10.10', '192.168.10.12'],
  );
  t.true(network?.extensions.some(e => e.enabled && e.id === 'f74f241b-440f-4433-bb28-00f89ead20d8'));
  t.deepEqual(others, []);
});

test('the endpoint of a pod has what both generations know of it', t => {
  const [endpoint] = valueOf(seen('node.hns.endpoints'));
  t.like(endpoint, {
    name: `${idOf('web-0')}_flannel.4096`,
    networkName: 'flannel.4096',
    state: 3,
    namespace: netnsOf('web-0'),
    sharedContainers: [idOf('web-0')],
    dns: ['10.96.0.10'],
    dnsSuffixes: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    gateways: ['10.244.1.1'],
    encapOverhead: 50,
    port: VFP_PORTS.pod,
    compartment: 2,
    createdAt: '2026-08-27T12:00:00Z',
    remote: false,
  });
  t.deepEqual(
    endpoint?.policies.map(p => p.type),
    ['OutBoundNAT', 'SDNRoute', 'EncapOverhead', 'ProviderAddress'],
  );
});

test('load balancers lead to endpoints that are there, and v1 knows their state', t => {
  const endpoints = new Map(valueOf(seen('node.hns.endpoints')).map(e => [e.id, e]));
  const balancers = valueOf(seen('node.hns.loadbalancers'));
  t.deepEqual(
    balancers.map(b => [b.vips[0], b.ports[0]?.protocol, b.state]),
    [
      ['10.96.0.10', 6, 2],
      ['10.96.0.10', 17, 2],
      ['10.96.30.1', 6, 2],
    ],
  );
  t.true(balancers.every(b => b.endpoints.length === 2 && b.endpoints.every(id => endpoints.has(id))));
});

test('the namespace of a pod has its endpoint and its sandbox', t => {
  const namespace = valueOf(seen('node.hns.namespaces')).find(n => n.id === netnsOf('web-0'));
  t.like(namespace, {compartment: 2, type: 'Host', isDefault: false, state: 1, containers: [idOf('web-0')]});
  t.is(namespace?.endpoints.length, 1);
});

const withoutV1 = (node: TestNode): TestNode =>
  node.without('hns/v1-endpoints.json', 'timeout', 'no answer in 8 s');

test('without v1 everything that v2 lists is whole, and what v1 alone knows is absent for a reason that is told', t => {
  const endpoints = seen('node.hns.endpoints', withoutV1);
  t.true(endpoints.ok && endpoints.partial === undefined);
  t.like(valueOf(endpoints)[0], {state: undefined, namespace: netnsOf('web-0'), at: {v1: undefined, v2: 0}});
  const state = valueOf(seen('node.hns', withoutV1));
  t.deepEqual(generationGap(state, 'endpoints', 'v1'), {
    ok: false,
    reason: 'timeout',
    detail: 'no answer in 8 s',
  });
  t.is(generationGap(state, 'endpoints', 'v2'), undefined);
  t.is(generationGap(state, 'networks', 'v1'), undefined);
});

test('without v2 the objects of v1 are the evidence', t => {
  const networks = seen('node.hns.networks', node => node.without('hns/networks.json'));
  t.true(networks.ok && networks.partial === undefined);
  t.like(valueOf(networks)[0], {type: 'overlay', adapter: 'Ethernet', at: {v1: 0, v2: undefined}});
});

test('where neither answer is whole the objects are partial, and where none came the reason stands', t => {
  const cut = seen('node.hns.endpoints', node =>
    node.partly('hns/endpoints.json').without('hns/v1-endpoints.json', 'denied'),
  );
  t.like(cut, {ok: true, partial: {reason: 'timeout'}});
  const none = seen('node.hns.endpoints', node =>
    node.without('hns/endpoints.json', 'timeout').without('hns/v1-endpoints.json', 'denied'),
  );
  t.like(none, {ok: false, reason: 'timeout'});
});
