import check from '../../../src/checks/agt/agent-skew.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'an agent that was not upgraded': () => [
      healthyWithAgents().onNode('win-2', n => n.contact({version: '0.0.9'})),
      {subjects: ['Node//win-2'], severity: 'warning', says: /is 0\.0\.9, the plugin 0\.1\.0/},
    ],
  },
  passes: {'agents of the version of the plugin': () => healthyWithAgents()},
  unknown: {
    'no agent was asked': () => [healthy(), 'node.agent'],
    'an agent that did not answer': () => [healthyWithAgents().onNode('win-1', n => n.lost()), 'node.agent'],
  },
});
