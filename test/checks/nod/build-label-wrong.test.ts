import check from '../../../src/checks/nod/build-label-wrong.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const label = 'node.kubernetes.io/windows-build';

checkCases({
  check,
  finds: {
    'a node without the label': () => [
      healthy().change('Node', 'win-1', n => {
        delete n.metadata.labels[label];
      }),
      {severity: 'warning', subjects: ['Node//win-1'], cause: 'absent', says: /10\.0\.20348/},
    ],
    'a node that was upgraded in place and keeps its old label': () => [
      healthy().change('Node', 'win-2', n => {
        n.metadata.labels[label] = '10.0.17763';
      }),
      {severity: 'warning', subjects: ['Node//win-2'], cause: 'unlike', says: /10\.0\.17763/},
    ],
    'a label with the revision, which no selector matches': () => [
      healthy().change('Node', 'win-2', n => {
        n.metadata.labels[label] = '10.0.20348.5499';
      }),
      {severity: 'warning', subjects: ['Node//win-2'], cause: 'unlike'},
    ],
  },
  passes: {'the label is that of the kernel; Linux nodes have none': () => healthy()},
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the kernel version is absent': () => [
      healthy().change('Node', 'win-1', n => {
        delete n.status.nodeInfo.kernelVersion;
      }),
      'nodes',
    ],
  },
});
