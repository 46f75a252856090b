import check from '../../../src/checks/cni/config-missing-or-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const FILE = 'cni/10-flannel.conflist';
const config = (value: unknown) => healthyWithAgents().onNode('win-1', n => n.set(FILE, value));

checkCases({
  check,
  finds: {
    'no JSON': () => [
      config('{"name": '),
      {subjects: ['Node//win-1'], severity: 'error', cause: 'invalid', says: /10-flannel\.conflist/},
    ],
    'there is none': () => [
      healthyWithAgents().onNode('win-1', n => n.remove(FILE)),
      {subjects: ['Node//win-1'], cause: 'missing'},
    ],
    'no plug-ins': () => [
      config({name: 'x', plugins: []}),
      {subjects: ['Node//win-1'], says: /names no plug-in/},
    ],
    'no name': () => [config({plugins: [{type: 'flannel'}]}), {subjects: ['Node//win-1'], says: /no `name`/}],
    'a broken file before a good one': () => [
      healthyWithAgents().onNode('win-1', n => n.set('cni/00-old.conf', 'x')),
      {subjects: ['Node//win-1'], says: /00-old\.conf/},
    ],
  },
  passes: {
    'a list of plug-ins': () => healthyWithAgents(),
    'one plug-in alone': () => config({cniVersion: '0.2.0', name: 'cbr0', type: 'flannel'}),
    'a broken file after the one that counts': () =>
      healthyWithAgents().onNode('win-1', n => n.set('cni/99-old.conf', 'x')),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cni'],
    'a configuration may not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without(FILE)),
      'node.cni',
    ],
    'the folder may not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cni/bin.json').without(FILE)),
      'node.cni',
    ],
  },
});
