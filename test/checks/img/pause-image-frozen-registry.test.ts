import check from '../../../src/checks/img/pause-image-frozen-registry.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {image} from './waiting.ts';
const images = (...names: string[]) =>
  healthy().change('Node', 'win-1', n => {
    n.status.images = names.map(name => ({names: [name], sizeBytes: 300_000_000}));
  });

checkCases({
  check,
  finds: {
    'the only pause image of a node is frozen': () => [
      images('k8s.gcr.io/pause:3.6', 'registry.example/app:1'),
      {
        severity: 'warning',
        subjects: ['Node//win-1'],
        cause: 'pause-image',
        says: /k8s\.gcr\.io\/pause:3\.6/,
      },
    ],
    'a Windows workload from there': () => [
      image('k8s.gcr.io/e2e-test-images/agnhost:2.39'),
      {severity: 'warning', subjects: ['Deployment/shop/web'], cause: 'workload'},
    ],
  },
  passes: {
    'registry.k8s.io': () => healthy(),
    'a leftover beside the new one': () => images('k8s.gcr.io/pause:3.6', 'registry.k8s.io/pause:3.10.1'),
    'no pause image in the list of the node': () => images('registry.example/pauses:1'),
    'a Linux workload from there': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.containers[0].image = 'k8s.gcr.io/coredns/coredns:v1.8.6';
      }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the configured name takes the agent': () => [healthy(), 'node.cri.pause'],
  },
});
