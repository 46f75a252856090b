import check from '../../../src/checks/agt/agent-unreachable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {TestNode} from '../../helpers/node-files.ts';

const denied = {transport: 'exec', reason: 'denied', detail: 'no right to create pods/exec'};

checkCases({
  check,
  finds: {
    'an agent that no transport leads to': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.lost('timeout', 'no answer in 15 s').contact({
          failures: [{transport: 'port-forward', reason: 'timeout', detail: 'no answer in 15 s'}, denied],
        }),
      ),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        says: /port-forward: no answer in 15 s; exec: no right to create pods\/exec/,
        cause: 'port-forward timeout',
      },
    ],
    'an agent of a Linux node': () => [
      healthyWithAgents().agents(new TestNode('linux-0', 'linux', {}).lost()),
      {subjects: ['Node//linux-0']},
    ],
  },
  passes: {
    'agents that answer': () => healthyWithAgents(),
    'an agent that answers by the second way': () =>
      healthyWithAgents().onNode('win-1', n => n.contact({transport: 'port-forward', failures: [denied]})),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.agent'],
    'a node without an agent': () => [healthy().agents(new TestNode('win-1', 'windows', {})), 'node.agent'],
  },
});
