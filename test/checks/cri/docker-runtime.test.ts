import check from '../../../src/checks/cri/docker-runtime.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const docker = (kubelet: string) =>
  healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.containerRuntimeVersion = 'docker://20.10.9';
    n.status.nodeInfo.kubeletVersion = kubelet;
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'dockershim as an error': () => [docker('v1.23.17'), {severity: 'error', subjects, cause: 'dockershim'}],
    'cri-dockerd as an information': () => [
      docker('v1.24.0'),
      {severity: 'info', subjects, cause: 'cri-dockerd', says: /20\.10\.9/},
    ],
  },
  passes: {containerd: () => healthy()},
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the node reports no runtime': () => [
      healthy().change('Node', 'win-1', n => {
        delete n.status.nodeInfo.containerRuntimeVersion;
      }),
      'nodes',
    ],
  },
});
