import check from '../../../src/checks/agt/agent-partial.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'a collector that took too long': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cri/images.json', 'timeout', 'no answer in 10 s')),
      {
        subjects: ['Node//win-1'],
        severity: 'info',
        says: /`cri\.images` of win-1 .*no answer in 10 s/,
        cause: 'timeout',
      },
    ],
    'a file that came in part': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.partly('hns/networks.json', 'failed', 'an object could not be read'),
      ),
      {subjects: ['Node//win-1'], cause: 'failed'},
    ],
    'many files that came not, for one reason': () => [
      healthyWithAgents().onNode('win-1', n =>
        ['status', 'images', 'sandboxes', 'containers'].reduce(
          (node, file) => node.without(`cri/${file}.json`, 'failed', 'the pipe is not there'),
          n,
        ),
      ),
      {
        subjects: ['Node//win-1'],
        cause: 'failed',
        says: /and 1 other file of win-1 could not be collected: the pipe/,
      },
    ],
  },
  passes: {
    'everything came': () => healthyWithAgents(),
    'what the node does not have': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.without('eventlog/EKS.xml', 'unsupported', 'no such channel'),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.collection'],
    'a node that did not answer': () => [
      healthyWithAgents().onNode('win-1', n => n.lost()),
      'node.collection',
    ],
  },
});
