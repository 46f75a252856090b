import check from '../../../src/checks/cni/plugin-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const programs = (names: string[]) => healthyWithAgents().onNode('win-1', n => n.set('cni/bin.json', names));

checkCases({
  check,
  finds: {
    'the program of the plug-in is not there': () => [
      programs(['host-local.exe']),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'flannel',
        says: /lacks the CNI plug-in `flannel` that `10-flannel\.conflist`/,
      },
    ],
  },
  passes: {
    'all programs are there': () => healthyWithAgents(),
    'in other letters': () => programs(['Flannel.EXE']),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cni'],
    'the folder could not be listed': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cni/bin.json')),
      'node.cni',
    ],
  },
});
