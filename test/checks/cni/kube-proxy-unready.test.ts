import check from '../../../src/checks/cni/kube-proxy-unready.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {aksCluster} from '../../helpers/providers.ts';
import {healthyNode} from '../../helpers/healthy-node.ts';
import {waiting} from '../../helpers/sick-pods.ts';

const POD = 'kube-system/kube-proxy-windows-1';
const DAEMON = 'DaemonSet/kube-system/kube-proxy-windows';

function without(cluster = healthy()): TestCluster {
  return cluster
    .remove('DaemonSet', 'kube-system/kube-proxy-windows')
    .remove('Pod', 'kube-system/kube-proxy-windows-0')
    .remove('Pod', POD);
}

const service = (state: string) => ({
  name: 'kubeproxy',
  displayName: 'kubeproxy',
  state,
  startType: 'Manual',
  pid: null,
});

/** AKS, where kube-proxy is a service, with agents; on `win-1` it is so. */
function asService(edit: (node: ReturnType<typeof healthyNode>) => void): TestCluster {
  return without(aksCluster().agents(healthyNode('win-1'), healthyNode('win-2'))).onNode('win-1', node => {
    node.change('processes.json', list => list.splice(2, 1));
    edit(node);
  });
}

checkCases({
  check,
  finds: {
    'a service that is stopped': () => [
      asService(n => n.change('services.json', list => list.push(service('Stopped')))),
      {
        severity: 'error',
        subjects: ['Node//win-1'],
        cause: 'service stopped',
        says: /kubeproxy of win-1 is Stopped/,
      },
    ],
    'a node of a provider without any kube-proxy': () => [
      asService(() => {}),
      {subjects: ['Node//win-1'], cause: 'not there'},
    ],
    'a node without any, and no plug-in that replaces it': () => [
      without(healthyWithAgents()).onNode('win-2', n =>
        n.change('processes.json', list => list.splice(2, 1)),
      ),
      {subjects: ['Node//win-2'], cause: 'not there'},
    ],
    'kube-proxy that does not start on one node': () => [
      healthy().change('Pod', POD, p => waiting(p, 'ImagePullBackOff')),
      {
        severity: 'error',
        subjects: [DAEMON],
        cause: 'not ready',
        says: /on win-2: .* waits in ImagePullBackOff/,
      },
    ],
    'a node without kube-proxy': () => [
      healthy().remove('Pod', POD),
      {severity: 'error', subjects: [DAEMON], cause: 'no pod', says: /kube-proxy has no pod on win-2/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a DaemonSet, with agents': () => healthyWithAgents(),
    'a service that runs': () =>
      asService(n => n.change('services.json', list => list.push(service('Running')))),
    'a child process of RKE2': () =>
      without(healthyWithAgents()).changeAll('Node', n => {
        n.status.nodeInfo.kubeletVersion = 'v1.35.4+rke2r1';
      }),
    'a plug-in that does its work': () =>
      asService(() => {})
        .add({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {name: 'antrea-config', namespace: 'kube-system'},
        })
        .add({
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: {name: 'antrea-agent-windows', namespace: 'kube-system'},
          spec: {template: {spec: {nodeSelector: {'kubernetes.io/os': 'windows'}, containers: []}}},
          status: {},
        }),
  },
  unknown: {
    'a provider where it is a service, and no agent': () => [without(aksCluster()), 'node.services'],
    'the processes of a node were not read': () => [
      asService(n => n.without('processes.json')),
      'node.processes',
    ],
    'no DaemonSet of it is for Windows': () => [without(), 'node.services'],
    'services of the nodes were not read': () => [healthy(), 'node.services'],
    'pods came in part': () => [healthy().partly('pods'), 'workloads'],
  },
});
