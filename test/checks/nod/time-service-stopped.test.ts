import check from '../../../src/checks/nod/time-service-stopped.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const time = (value: Json) =>
  healthyWithAgents().onNode('win-1', n => n.change('system.json', s => (s.time = value)));

checkCases({
  check,
  finds: {
    'the service is stopped': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('services.json', (all: Json[]) =>
          Object.assign(
            all.find(s => s.name === 'w32time'),
            {state: 'Stopped', startType: 'Manual'},
          ),
        ),
      ),
      {subjects: ['Node//win-1'], severity: 'warning', cause: 'stopped', says: /stopped \(Manual\)/},
    ],
    'it has no source': () => [
      time({leapIndicator: 3, stratum: 0, source: 'Local CMOS Clock'}),
      {subjects: ['Node//win-1'], cause: 'not synchronised', says: /source Local CMOS Clock/},
    ],
  },
  passes: {'it runs and is synchronised': () => healthyWithAgents()},
  unknown: {
    'no agent was asked': () => [healthy(), 'node.services'],
    'w32tm did not answer': () => [time(null), 'node.system'],
  },
});
