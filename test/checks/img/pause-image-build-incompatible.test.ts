import check from '../../../src/checks/img/pause-image-build-incompatible.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const version = (osVersion: string | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('cri/pause.json', p => (p.image.osVersion = osVersion)));

checkCases({
  check,
  finds: {
    'an image of 2019 on a node of 2022': () => [
      version('10.0.17763.6893'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: '17763-on-20348',
        says: /is for Windows Server 2019 \(17763\), and the node is Windows Server 2022/,
      },
    ],
    'an image of 2025 on a node of 2022': () => [version('10.0.26100.6899'), {subjects: ['Node//win-1']}],
  },
  passes: {
    'an image of the build': () => healthyWithAgents(),
    'an image of 2022 on a node of 2025': () =>
      healthyWithAgents().change(
        'Node',
        'win-1',
        n => (n.status.nodeInfo.kernelVersion = '10.0.26100.33296'),
      ),
  },
  unknown: {
    'an image that does not say its build': () => [version(null), 'node.cri.pause'],
    'no agent was asked': () => [healthy(), 'node.cri.pause'],
  },
});
