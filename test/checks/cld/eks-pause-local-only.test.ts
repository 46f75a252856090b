import check from '../../../src/checks/cld/eks-pause-local-only.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {eksCluster} from '../../helpers/providers.ts';

const holding = (name: string) =>
  eksCluster().change('Node', 'win-1', n => n.status.images.push({names: [name], sizeBytes: 300_000_000}));

checkCases({
  check,
  finds: {
    'the image has its local name': () => [
      holding('amazonaws.com/eks/pause-windows:latest'),
      {severity: 'info', subjects: ['Node//win-1'], says: /amazonaws\.com\/eks\/pause-windows:latest/},
    ],
  },
  passes: {
    'a pause image that can be pulled': () => holding('registry.k8s.io/pause:3.10.1'),
    'an image that only sounds alike': () => holding('example.test/eks/pause-windows-tools:1'),
    'another provider': () => healthy(),
  },
  unknown: {
    'the runtime itself was not asked': () => [eksCluster(), 'node.cri.pause'],
    'the nodes may not be listed': () => [eksCluster().without('nodes'), 'nodes'],
  },
});
