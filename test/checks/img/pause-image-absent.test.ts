import check from '../../../src/checks/img/pause-image-absent.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const pause = (edit: (pause: Json) => void) =>
  healthyWithAgents().onNode('win-1', n => n.change('cri/pause.json', edit));
const EKS = '602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/pause-windows:latest';

checkCases({
  check,
  finds: {
    'an image that garbage collection removed': () => [
      pause(p => Object.assign(p.image, {present: false, pinned: false})),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'image gone',
        says: /`registry\.k8s\.io\/pause:3\.10\.1`/,
      },
    ],
    'an image of EKS, which no registry has, though no pod runs': () => [
      pause(p => {
        p.configured.image = EKS;
        p.seen = [];
        p.image.present = false;
      }),
      {subjects: ['Node//win-1'], cause: 'local image gone', says: /which no registry has/},
    ],
  },
  passes: {
    'the image is there': () => healthyWithAgents(),
    'a node that has started no pod yet': () =>
      pause(p => {
        p.seen = [];
        p.image.present = false;
      }),
  },
  unknown: {
    'images could not be listed': () => [pause(p => (p.image = null)), 'node.cri.pause'],
    'no agent was asked': () => [healthy(), 'node.cri.pause'],
  },
});
