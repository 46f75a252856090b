import check from '../../../src/checks/nod/reboot-pending.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const pending = (reasons: string[] | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('system.json', s => (s.rebootPending = reasons)));

checkCases({
  check,
  finds: {
    'an update waits': () => [
      pending(['update', 'update-installer', 'rename']),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        says: /: an update was installed, files are to be replaced$/,
      },
    ],
  },
  passes: {
    'nothing waits': () => healthyWithAgents(),
    'files to be renamed alone': () => pending(['rename']),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.system'],
    'the registry could not be read': () => [pending(null), 'node.system'],
  },
});
