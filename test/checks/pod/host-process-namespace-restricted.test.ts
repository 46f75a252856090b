import check from '../../../src/checks/pod/host-process-namespace-restricted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const enforced = (level: string) =>
  healthy().change('Namespace', 'kube-flannel', n => {
    n.metadata.labels['pod-security.kubernetes.io/enforce'] = level;
  });
const subjects = ['DaemonSet/kube-flannel/kube-flannel-ds-windows-amd64'];

checkCases({
  check,
  finds: {
    'level baseline': () => [
      enforced('baseline'),
      {severity: 'error', subjects, cause: 'baseline', says: /kube-flannel/},
    ],
    'level restricted, before the first pod': () => [
      enforced('restricted').removeAll('Pod'),
      {severity: 'error', subjects, cause: 'restricted'},
    ],
  },
  passes: {
    'level privileged, and namespaces without a level': () => healthy(),
    'a level that only warns': () =>
      healthy().change('Namespace', 'kube-system', n => {
        n.metadata.labels['pod-security.kubernetes.io/warn'] = 'restricted';
      }),
    'ordinary pods under baseline': () =>
      healthy().change('Namespace', 'shop', n => {
        n.metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline';
      }),
  },
  unknown: {
    'namespaces may not be listed': () => [enforced('baseline').without('namespaces'), 'namespaces'],
  },
});
