import check from '../../../src/checks/nod/desktop-experience.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const type = (installationType: string | null) =>
  healthyWithAgents().onNode('win-1', n =>
    n.change('system.json', s => (s.installationType = installationType)),
  );

checkCases({
  check,
  finds: {
    'Windows with its desktop': () => [
      type('Server'),
      {subjects: ['Node//win-1'], severity: 'info', says: /InstallationType Server/},
    ],
  },
  passes: {'Server Core': () => healthyWithAgents(), 'Nano Server': () => type('Nano Server')},
  unknown: {
    'no agent was asked': () => [healthy(), 'node.system'],
    'the type is not known': () => [type(null), 'node.system'],
  },
});
