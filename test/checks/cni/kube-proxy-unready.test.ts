import check from '../../../src/checks/cni/kube-proxy-unready.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {waiting} from '../../helpers/sick-pods.ts';

const POD = 'kube-system/kube-proxy-windows-1';
const DAEMON = 'DaemonSet/kube-system/kube-proxy-windows';

function without(): TestCluster {
  return healthy()
    .remove('DaemonSet', 'kube-system/kube-proxy-windows')
    .remove('Pod', 'kube-system/kube-proxy-windows-0')
    .remove('Pod', POD);
}

checkCases({
  check,
  finds: {
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
    'a provider where it is a service': () =>
      without().changeAll('Node', n => {
        n.metadata.labels['eks.amazonaws.com/nodegroup'] = 'win';
      }),
    'an RKE2 node, where it is a child process': () =>
      without().changeAll('Node', n => {
        n.status.nodeInfo.kubeletVersion = 'v1.35.4+rke2r1';
      }),
  },
  unknown: {
    'no DaemonSet of it is for Windows': () => [without(), 'node.services'],
    'services of the nodes were not read': () => [healthy(), 'node.services'],
    'pods came in part': () => [healthy().partly('pods'), 'workloads'],
  },
});
