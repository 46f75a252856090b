import check from '../../../src/checks/nod/kubelet-skew.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const at = (kubelet: string) =>
  healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.kubeletVersion = kubelet;
  });
const proxy = (tag: string) =>
  healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
    spec.containers[0].image = `sigwindowstools/kube-proxy:${tag}`;
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'a kubelet four minors behind': () => [
      at('v1.31.9'),
      {severity: 'error', subjects, cause: 'kubelet-behind'},
    ],
    'a kubelet ahead of the API server': () => [
      at('v1.36.0'),
      {severity: 'error', subjects, cause: 'kubelet-ahead of'},
    ],
    'a kubelet three minors behind an API server before 1.28': () => [
      at('v1.24.0').version('v1.27.3'),
      // win-2 and the pods of kube-proxy are ahead of it.
      {severity: 'error', subjects: ['Node//win-1', 'Node//win-2']},
    ],
    'kube-proxy too old, by its image': () => [
      proxy('v1.30.1-calico-hostprocess'),
      {severity: 'warning', subjects: ['Node//win-1', 'Node//win-2'], cause: 'kube-proxy-behind'},
    ],
  },
  passes: {
    'all of one version': () => healthy(),
    'a kubelet three minors behind': () => at('v1.32.0'),
    'a newer patch release is no skew': () => at('v1.35.9'),
    'pods may not be listed': () => healthy().without('pods'),
  },
  unknown: {
    'the version of the API server is not known': () => [healthy().without('version'), 'version'],
    'the kubelet version does not parse': () => [at('unknown'), 'nodes'],
  },
});
