import check from '../../../src/checks/nod/os-label-wrong.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'a Windows node without the OS label': () => [
      healthy().change('Node', 'win-1', n => {
        delete n.metadata.labels['kubernetes.io/os'];
      }),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'kubernetes.io/os-absent'},
    ],
    'a Linux node that is labelled Windows': () => [
      healthy().change('Node', 'linux-0', n => {
        n.metadata.labels['kubernetes.io/os'] = 'windows';
      }),
      {
        severity: 'error',
        subjects: ['Node//linux-0'],
        cause: 'kubernetes.io/os-unlike',
        says: /is linux, but/,
      },
    ],
    'a wrong architecture': () => [
      healthy().change('Node', 'win-2', n => {
        n.metadata.labels['kubernetes.io/arch'] = 'x86_64';
      }),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'kubernetes.io/arch-unlike'},
    ],
  },
  passes: {'labels are those of the kubelets': () => healthy()},
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'a node that has never reported': () => [
      healthy().change('Node', 'win-1', n => {
        n.status.nodeInfo = {operatingSystem: '', architecture: ''};
      }),
      'nodes',
    ],
  },
});
