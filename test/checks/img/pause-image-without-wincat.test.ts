import check from '../../../src/checks/img/pause-image-without-wincat.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

function runs(containerd: string, hasWincat: boolean | null): ReturnType<typeof healthy> {
  return healthyWithAgents()
    .change('Node', 'win-1', n => (n.status.nodeInfo.containerRuntimeVersion = `containerd://${containerd}`))
    .onNode('win-1', n => n.change('cri/pause.json', p => (p.image.hasWincat = hasWincat)));
}

checkCases({
  check,
  finds: {
    'containerd 1.6 with an image that lacks it': () => [
      runs('1.6.35+azure', false),
      {subjects: ['Node//win-1'], severity: 'warning', says: /holds no wincat\.exe, which containerd 1\.6/},
    ],
    'containerd 1.7': () => [runs('1.7.34', false), {subjects: ['Node//win-1']}],
  },
  passes: {
    'containerd 2.0 needs none': () => runs('2.0.4+azure', false),
    'containerd 1.7 with an image that holds it': () => runs('1.7.20', true),
  },
  unknown: {
    'an image that nobody knows': () => [runs('1.7.20', null), 'node.cri.pause'],
    'no agent was asked': () => [healthy(), 'node.cri.pause'],
  },
});
