import check from '../../../src/checks/img/pause-image-disagrees.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const pause = (edit: (pause: Json) => void) =>
  healthyWithAgents().onNode('win-1', n => n.change('cri/pause.json', edit));
const OLD = 'mcr.microsoft.com/oss/kubernetes/pause:3.6';
const other = (where: string, subject: string) => (p: Json) =>
  p.disagreements.push({where, subject, image: OLD});

checkCases({
  check,
  finds: {
    'a handler that names another image': () => [
      pause(other('handler', 'runhcs-wcow-process')),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'handler',
        says: /a runtime handler names .*\(runhcs-wcow-process\)/,
      },
    ],
    'sandboxes that run an older one': () => [
      pause(other('sandbox', '3')),
      {subjects: ['Node//win-1'], cause: 'sandbox', says: /sandboxes run `mcr/},
    ],
    'one node of a pool': () => [
      pause(p => (p.configured.image = OLD))
        .changeAll('Node', n => (n.metadata.labels['agentpool'] = 'win'))
        .change('Node', 'win-2', () => undefined),
      {subjects: ['Node//win-2'], cause: 'pool', says: /1 of 2 nodes/},
    ],
  },
  passes: {
    'one image in all places': () => healthyWithAgents(),
    'nodes of two pools': () =>
      pause(p => (p.configured.image = OLD)).change(
        'Node',
        'win-1',
        n => (n.metadata.labels['agentpool'] = 'a'),
      ),
  },
  unknown: {
    'which is configured is not known': () => [pause(p => (p.configured = null)), 'node.cri.pause'],
    'no agent was asked': () => [healthy(), 'node.cri.pause'],
  },
});
