import check from '../../../src/checks/nod/containers-feature-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const features = (list: string[] | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('system.json', s => (s.features = list)));

checkCases({
  check,
  finds: {
    'a node without it': () => [
      features(['NetFx4']),
      {subjects: ['Node//win-1'], severity: 'error', says: /1 features?/},
    ],
  },
  passes: {
    'the feature is there': () => healthyWithAgents(),
    'in other letters': () => features(['CONTAINERS']),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.system'],
    'features are not known': () => [features(null), 'node.system'],
  },
});
