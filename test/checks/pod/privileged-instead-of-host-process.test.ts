import check from '../../../src/checks/pod/privileged-instead-of-host-process.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a privileged container': () => [
      web(spec => {
        spec.containers[0].securityContext = {privileged: true};
      }),
      {severity: 'error', subjects, says: /container "web" is privileged/},
    ],
    'one that nothing but its selector shows to be for Windows': () => [
      web(spec => {
        delete spec.os;
        spec.containers[0].securityContext = {privileged: true};
      }).snapshot('files'),
      {severity: 'error', subjects},
    ],
  },
  passes: {
    'HostProcess containers': () => healthy(),
    'privileged set to false': () =>
      web(spec => {
        spec.containers[0].securityContext = {privileged: false};
      }),
    'a privileged Linux container': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.containers[0].securityContext = {privileged: true};
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
