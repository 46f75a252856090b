import check from '../../../src/checks/cri/runtime-deprecations.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const message = JSON.stringify({
  'io.containerd.deprecation/cri-registry-mirrors':
    'The `mirrors` property is deprecated since containerd v1.5 and will be removed in containerd v2.1.',
});

checkCases({
  check,
  finds: {
    'a setting that goes away': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('cri/status.json', s => {
          Object.assign(s.status.conditions[2], {
            status: false,
            reason: 'ContainerdHasDeprecationWarnings',
            message,
          });
        }),
      ),
      {
        subjects: ['Node//win-1'],
        severity: 'info',
        cause: 'io.containerd.deprecation/cri-registry-mirrors',
        says: /The `mirrors` property is deprecated/,
      },
    ],
  },
  passes: {'no warning': () => healthyWithAgents()},
  unknown: {
    'a containerd that does not tell': () => [
      healthyWithAgents().onNode('win-1', n => n.change('cri/status.json', s => s.status.conditions.pop())),
      'node.cri.status',
    ],
    'no agent was asked': () => [healthy(), 'node.cri.status'],
  },
});
