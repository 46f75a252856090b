import check from '../../../src/checks/nod/nothing-reserved.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const allocatable = (memory: string) =>
  healthy().change('Node', 'win-1', n => {
    n.status.allocatable.memory = memory;
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'all of the memory is allocatable': () => [
      allocatable('33554432Ki'),
      {severity: 'warning', subjects, cause: 'nothing-reserved', says: /32Gi of its 32Gi: nothing is/},
    ],
    'only the eviction threshold of 500Mi is kept back': () => [
      allocatable('33042432Ki'),
      {severity: 'warning', subjects, says: /only the eviction threshold of 500Mi/},
    ],
    'only the eviction threshold of 100Mi is kept back': () => [
      allocatable('33452032Ki'),
      {severity: 'warning', subjects, says: /100Mi/},
    ],
  },
  passes: {
    '4 GiB are reserved': () => healthy(),
    'one byte more than the threshold is a reservation': () => allocatable('33452031Ki'),
    'Linux nodes are not judged': () =>
      healthy().change('Node', 'linux-0', n => {
        n.status.allocatable.memory = n.status.capacity.memory;
      }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'a node without capacity': () => [
      healthy().change('Node', 'win-1', n => {
        n.status.capacity = {};
      }),
      'nodes',
    ],
  },
});
