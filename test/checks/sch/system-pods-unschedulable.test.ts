import check from '../../../src/checks/sch/system-pods-unschedulable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';

/** Every Linux node is tainted; CoreDNS waits, if `seconds` say how long. */
function tainted(seconds?: number, key = 'os') {
  const cluster = healthy().change('Node', 'linux-0', node => {
    node.spec.taints = [{key, value: 'linux', effect: 'NoSchedule'}];
  });
  if (seconds === undefined) return cluster;
  return cluster.change('Pod', 'kube-system/coredns-0', pod => {
    delete pod.spec.nodeName;
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      lastTransitionTime: ago(seconds),
    };
    pod.status = {phase: 'Pending', conditions: [{...condition, message: '0/3 nodes are available'}]};
  });
}
const subjects = ['Deployment/kube-system/coredns'];

checkCases({
  check,
  finds: {
    'CoreDNS waits': () => [
      tainted(600),
      {severity: 'error', subjects, cause: 'os', says: /os=linux:NoSchedule/},
    ],
    'it runs still, and its next pod will wait': () => [
      tainted(),
      {severity: 'warning', subjects, says: /next pod/},
    ],
    'a system workload of another namespace, by its priority class': () => [
      tainted()
        .removeAll('Deployment')
        .removeAll('ReplicaSet')
        .remove('Pod', 'kube-system/coredns-1')
        .changeAll('Pod', pod => {
          if (pod.metadata.name !== 'coredns-0') return;
          pod.metadata = {name: 'operator', namespace: 'calico-system'};
          pod.spec.priorityClassName = 'system-cluster-critical';
        }),
      {severity: 'warning', subjects: ['Pod/calico-system/operator']},
    ],
  },
  passes: {
    'an untainted Linux node': () => healthy(),
    'it tolerates the taint': () =>
      tainted().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.tolerations = [{key: 'os', operator: 'Exists'}];
      }),
    'a node that is not ready for a while': () => tainted(600, 'node.kubernetes.io/not-ready'),
    'a second node without the taint': () =>
      tainted().add({
        ...tainted().get('Node', 'linux-0'),
        metadata: {name: 'linux-1', labels: {'kubernetes.io/os': 'linux'}},
        spec: {},
      }),
    'no Linux node at all is for CLD003': () => tainted(600).remove('Node', 'linux-0'),
  },
  unknown: {
    'nodes may not be listed': () => [tainted().without('nodes'), 'nodes'],
    'workloads could not be read': () => [tainted().without('workloads'), 'workloads'],
  },
});
