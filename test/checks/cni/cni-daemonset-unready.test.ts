import check from '../../../src/checks/cni/cni-daemonset-unready.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {linuxPodSpec, workload} from '../../helpers/raw-pods.ts';
import {waiting} from '../../helpers/sick-pods.ts';

const DAEMON = 'DaemonSet/kube-flannel/kube-flannel-ds-windows-amd64';
const POD = 'kube-flannel/kube-flannel-ds-windows-amd64-0';

/** Every node as AKS labels it; flannel gone. */
function aks(): TestCluster {
  return healthy()
    .changeAll('Node', n => {
      n.metadata.labels['kubernetes.azure.com/cluster'] = 'mc';
    })
    .remove('DaemonSet', 'kube-flannel/kube-flannel-ds-windows-amd64')
    .remove('Pod', POD)
    .remove('Pod', 'kube-flannel/kube-flannel-ds-windows-amd64-1');
}

function linuxFlannel(): TestCluster {
  const pods = workload(
    'DaemonSet',
    {namespace: 'kube-flannel', name: 'kube-flannel-ds'},
    linuxPodSpec('ghcr.io/flannel-io/flannel:v0.27.0'),
    ['linux-0'],
  );
  return healthy().add(...pods);
}

checkCases({
  check,
  finds: {
    'an agent that crashes on one node': () => [
      healthy().change('Pod', POD, p => waiting(p, 'CrashLoopBackOff')),
      {
        severity: 'error',
        subjects: [DAEMON],
        cause: 'not ready',
        says: /The flannel agent is not ready on win-1: pod .*-0 waits in CrashLoopBackOff, for 10 min now/,
      },
    ],
    'a Windows node without a pod of it': () => [
      healthy().remove('Pod', POD),
      {severity: 'error', subjects: [DAEMON], cause: 'no pod', says: /has no pod on win-1/},
    ],
    'a Linux node without its agent, as a warning': () => [
      linuxFlannel().change('Pod', 'kube-flannel/kube-flannel-ds-0', p => waiting(p, 'CrashLoopBackOff')),
      {severity: 'warning', subjects: ['DaemonSet/kube-flannel/kube-flannel-ds'], cause: 'not ready'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'both OSs in order': () => linuxFlannel(),
    'a provider whose CNI is no pod': () => aks(),
    'a cluster without Windows nodes': () =>
      healthy().remove('Pod', POD).remove('Node', 'win-1').remove('Node', 'win-2'),
    'an old pod that ends beside its ready successor': () => {
      const cluster = healthy();
      const old = structuredClone(cluster.get('Pod', POD));
      Object.assign(old.metadata, {name: 'old', uid: 'old', deletionTimestamp: ago(5)});
      waiting(old, 'ContainerCreating');
      return cluster.add(old);
    },
  },
  unknown: {
    'pods came in part': () => [healthy().partly('pods'), 'workloads'],
    'no DaemonSet of a known CNI': () => [
      aks().changeAll('Node', n => {
        delete n.metadata.labels['kubernetes.azure.com/cluster'];
      }),
      'workloads',
    ],
    'nodes may not be read': () => [healthy().without('nodes'), 'nodes'],
  },
});
