import check from '../../../src/checks/hns/feature-override.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {onWin1} from '../../helpers/hns-changes.ts';

const KEY = String.raw`HKLM\SYSTEM\CurrentControlSet\Policies\Microsoft\FeatureManagement\Overrides`;
const override = (values: Record<string, number>) =>
  onWin1(n => n.change('registry/hns.json', r => (r[KEY] = values)));

checkCases({
  check,
  finds: {
    'the override that keeps load balancers': () => [
      override({'2629306509': 1, '140377743': 1}),
      {subjects: ['Node//win-1'], severity: 'warning', cause: '140377743', says: /140377743=1/},
    ],
  },
  passes: {
    'there is none': () => healthyWithAgents(),
    'it is 0, as images of AKS have it': () => override({'140377743': 0}),
    'others are set': () => override({'2629306509': 1, '189519500': 1}),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.registry'],
    'the registry could not be read': () => [onWin1(n => n.without('registry/hns.json')), 'node.registry'],
  },
});
