import check from '../../../src/checks/nod/antivirus-exclusions-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const defender = (edit: (defender: Json) => void) =>
  healthyWithAgents().onNode('win-1', n => n.change('defender.json', edit));

checkCases({
  check,
  finds: {
    'no exclusion of containerd': () => [
      defender(d => (d.exclusions = {paths: ['C:\\Temp'], processes: [], extensions: []})),
      {subjects: ['Node//win-1'], severity: 'info'},
    ],
  },
  passes: {
    'containerd is excluded': () => healthyWithAgents(),
    'real-time protection is off': () =>
      defender(d => {
        d.status.realTimeProtection = false;
        d.exclusions.paths = [];
        d.exclusions.processes = [];
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.defender'],
    'Defender is not there': () => [
      healthyWithAgents().onNode('win-1', n => n.without('defender.json', 'unsupported')),
      'node.defender',
    ],
  },
});
