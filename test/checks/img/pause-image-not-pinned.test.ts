import check from '../../../src/checks/img/pause-image-not-pinned.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const pause = (edit: (pause: Json) => void) =>
  healthyWithAgents().onNode('win-1', n => n.change('cri/pause.json', edit));

checkCases({
  check,
  finds: {
    'an image that can be pulled again': () => [
      pause(p => (p.image.pinned = false)),
      {subjects: ['Node//win-1'], severity: 'info', cause: 'image'},
    ],
    'an image that no registry has': () => [
      pause(p => {
        p.configured.image = 'amazonaws.com/eks/pause-windows:latest';
        p.image.pinned = false;
      }),
      {subjects: ['Node//win-1'], severity: 'warning', cause: 'local image', says: /no registry has it/},
    ],
  },
  passes: {
    'a pinned image': () => healthyWithAgents(),
    'an image that is not there is IMG004’s': () =>
      pause(p => Object.assign(p.image, {present: false, pinned: false})),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.cri.pause']},
});
