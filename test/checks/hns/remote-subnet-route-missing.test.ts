import check from '../../../src/checks/hns/remote-subnet-route-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';

const WIN2 = '10.244.2.0/24';
const prefixOf = (policy: Json): string =>
  policy.Settings?.DestinationPrefix ?? policy.DestinationPrefix ?? '';
const change =
  (edit: (policy: Json) => void) =>
  ([network]: Json[]) => {
    for (const policy of network.Policies) if (prefixOf(policy) === WIN2) edit(policy.Settings ?? policy);
  };
const drop = ([network]: Json[]) => {
  network.Policies = network.Policies.filter((p: Json) => prefixOf(p) !== WIN2);
};
const via = (provider: string) => {
  const set = change(settings => (settings.ProviderAddress = provider));
  return hnsOf('networks', {v1: set, v2: set});
};
const calico = (cluster: TestCluster) =>
  cluster.onNode('win-1', n =>
    n
      .remove('cni/10-flannel.conflist')
      .set('cni/10-calico.conf', {cniVersion: '1.0.0', name: 'flannel.4096', type: 'calico'}),
  );
const annotate = (cluster: TestCluster, name: string, key: string, value: string) =>
  cluster.change('Node', name, n => (n.metadata.annotations[key] = value));
const FLANNEL = 'flannel.alpha.coreos.com/public-ip';

checkCases({
  check,
  finds: {
    'there is no route to a node': () => [
      hnsOf('networks', {v1: drop, v2: drop}),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'missing',
        says: /Network `flannel\.4096` of win-1 has no route to win-2 \(10\.244\.2\.0\/24\)/,
      },
    ],
    'the route leads to an address that the node had': () => [
      via('192.168.10.99'),
      {
        subjects: ['Node//win-1'],
        cause: 'wrong provider address',
        says: /sends 10\.244\.2\.0\/24 to 192\.168\.10\.99, and win-2 is 192\.168\.10\.12/,
      },
    ],
    'another address than flannel announces': () => [
      annotate(healthyWithAgents(), 'win-2', FLANNEL, '203.0.113.12'),
      {subjects: ['Node//win-1'], cause: 'wrong provider address'},
    ],
    'Calico sends a block to nobody': () => [
      calico(via('192.168.10.99')),
      {
        subjects: ['Node//win-1'],
        says: /sends 10\.244\.2\.0\/24 to 192\.168\.10\.99, which is no other node/,
      },
    ],
  },
  passes: {
    'there is one to each node': () => healthyWithAgents(),
    'the address that flannel announces': () =>
      annotate(via('203.0.113.12'), 'win-2', FLANNEL, '203.0.113.12'),
    'a node that flannel is not on yet': () =>
      annotate(
        annotate(hnsOf('networks', {v1: drop, v2: drop}), 'linux-0', FLANNEL, '192.168.10.10'),
        'win-1',
        FLANNEL,
        '192.168.10.11',
      ),
    'a node that just came': () =>
      hnsOf('networks', {v1: drop, v2: drop}).change('Node', 'win-2', n => {
        n.metadata.creationTimestamp = ago(299);
      }),
    'a node that is not ready': () =>
      hnsOf('networks', {v1: drop, v2: drop}).change('Node', 'win-2', n => {
        n.status.conditions.find((c: Json) => c.type === 'Ready').status = 'Unknown';
      }),
    'blocks of Calico are not the nodes’ ranges': () =>
      calico(
        hnsOf('networks', {
          v1: change(s => (s.DestinationPrefix = '10.99.0.64/26')),
          v2: change(s => (s.DestinationPrefix = '10.99.0.64/26')),
        }),
      ),
    'a bridge needs no such routes': () =>
      hnsOf('networks', {
        v1: ([network]) => Object.assign(network, {Type: 'L2Bridge', Policies: []}),
        v2: ([network]) => Object.assign(network, {Type: 'L2Bridge', Policies: []}),
      }),
  },
  unknown: {
    'only a part of the networks came': () => [
      hnsOf('networks', {v1: drop, v2: drop}).onNode('win-1', n =>
        n.partly('hns/networks.json').partly('hns/v1-networks.json'),
      ),
      'node.hns.networks',
    ],
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
  },
});
