import check from '../../../src/checks/hns/port-blocks-exhausted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const free = (blocks: number | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('net/ports.json', p => (p.freeBlocks64 = blocks)));

checkCases({
  check,
  finds: {
    'ten blocks are free': () => [
      free(10),
      {subjects: ['Node//win-1'], severity: 'error', says: /10 free blocks/},
    ],
    '25 blocks are free': () => [free(25), {subjects: ['Node//win-1'], severity: 'warning'}],
    'eleven blocks are free': () => [free(11), {subjects: ['Node//win-1'], severity: 'warning'}],
  },
  passes: {'many are free': () => healthyWithAgents(), '26 are free': () => free(26)},
  unknown: {
    'no agent was asked': () => [healthy(), 'node.net.ports'],
    'they could not be counted': () => [free(null), 'node.net.ports'],
  },
});
