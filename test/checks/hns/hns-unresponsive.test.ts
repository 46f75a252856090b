import check from '../../../src/checks/hns/hns-unresponsive.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const service = (change: object) =>
  healthyWithAgents().onNode('win-1', n => n.change('services.json', s => Object.assign(s[2], change)));

checkCases({
  check,
  finds: {
    'a query misses its deadline': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.without('hns/endpoints.json', 'timeout', 'HNS did not answer within 8 s'),
      ),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'no answer',
        says: /`hns\.endpoints`: HNS did not answer within 8 s/,
      },
    ],
    'the service hangs while stopping': () => [
      service({state: 'StopPending'}),
      {subjects: ['Node//win-1'], cause: 'hangs while stopping'},
    ],
    'its process has over 200 threads': () => [
      service({threads: 201}),
      {subjects: ['Node//win-1'], cause: 'many threads', says: /201 threads/},
    ],
  },
  passes: {
    'it answers': () => healthyWithAgents(),
    '200 threads': () => service({threads: 200}),
    'a query that this build does not know': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.without('hns/sdnroutes.json', 'unsupported', 'no such function'),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns'],
    'the agent may not ask it': () => [
      healthyWithAgents().onNode('win-1', n => {
        for (const [file] of n.texts) if (file.startsWith('hns/')) n.without(file);
      }),
      'node.hns',
    ],
  },
});
