import check from '../../../src/checks/svc/load-balancer-state.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const state = (value: number) =>
  healthyWithAgents().onNode('win-1', n =>
    n.change('hns/v1-policylists.json', (lists: Json[]) => (lists[2].State = value)),
  );

checkCases({
  check,
  finds: {
    'a state that is not 2': () => [
      state(3),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /10\.96\.30\.1:80\/TCP on win-1 has state 3, and 2 is in order/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'it is not said to be applied, as healthy ones are not either': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.change('hns/v1-policylists.json', (lists: Json[]) => (lists[2].IsApplied = false)),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'v1 did not answer': () => [
      healthyWithAgents().onNode('win-1', n => n.without('hns/v1-policylists.json', 'timeout')),
      'node.hns.loadbalancers',
    ],
  },
});
