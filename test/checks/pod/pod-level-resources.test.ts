import check from '../../../src/checks/pod/pod-level-resources.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'limits for the pod': () => [
      web(spec => {
        spec.resources = {limits: {memory: '2Gi'}};
      }),
      {severity: 'error', subjects, says: /spec\.resources/},
    ],
    'a manifest without spec.os': () => [
      web(spec => {
        delete spec.os;
        spec.resources = {requests: {cpu: '1'}};
      }).snapshot('files'),
      {severity: 'error', subjects},
    ],
  },
  passes: {
    'limits for containers': () => healthy(),
    'Linux has them': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.resources = {limits: {memory: '2Gi'}};
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
    'without nodes nothing tells where an unpinned pod goes': () => [
      web(spec => {
        delete spec.os;
        delete spec.nodeSelector;
        spec.containers[0].image = 'registry.example/app:1';
      }).without('nodes'),
      'nodes',
    ],
  },
});
