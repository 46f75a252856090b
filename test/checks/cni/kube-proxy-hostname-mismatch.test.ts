import check from '../../../src/checks/cni/kube-proxy-hostname-mismatch.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

function args(...words: string[]): TestCluster {
  return healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', (spec: Json) => {
    spec.containers[0].command = ['kube-proxy.exe'];
    spec.containers[0].args = words;
  });
}

const renamed = (cluster: TestCluster): TestCluster =>
  cluster.change('Node', 'win-2', n => {
    n.metadata.labels['kubernetes.io/hostname'] = 'EC2AMAZ-7F3A';
  });

checkCases({
  check,
  finds: {
    'the process itself runs under another name': () => [
      healthyWithAgents().onNode('win-2', n =>
        n.change('processes.json', p => (p[2].flags['hostname-override'] = 'EC2AMAZ-7F3A')),
      ),
      {
        severity: 'error',
        subjects: ['Node//win-2'],
        cause: 'runs under another name',
        says: /runs as EC2AMAZ-7F3A/,
      },
    ],
    'one name for all nodes': () => [
      args('--hostname-override=win-1'),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'fixed override', says: /on win-2 runs as win-1/},
    ],
    'one name for all nodes, in two words': () => [
      args('--hostname-override', 'proxy'),
      {subjects: ['Node//win-1', 'Node//win-2'], cause: 'fixed override'},
    ],
    'no override on a node whose host has another name': () => [
      renamed(args('--v=4')),
      {subjects: ['Node//win-2'], cause: 'host name differs', says: /calls itself EC2AMAZ-7F3A/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'every process runs under the name of its node': () => healthyWithAgents(),
    'the node name by the downward API': () => renamed(args('--hostname-override=$(NODE_NAME)')),
    'a host name in capitals': () =>
      args('--v=4').change('Node', 'win-2', n => {
        n.metadata.labels['kubernetes.io/hostname'] = 'WIN-2';
      }),
    'a start script, which may pass the name': () => renamed(healthy()),
    'a provider where it is a service': () =>
      renamed(args('--v=4')).changeAll('Node', n => {
        n.metadata.labels['kubernetes.azure.com/cluster'] = 'mc';
      }),
  },
  unknown: {
    'the processes of the nodes were not read': () => [healthy(), 'node.processes'],
    'nodes may not be read': () => [healthy().without('nodes'), 'nodes'],
  },
});
