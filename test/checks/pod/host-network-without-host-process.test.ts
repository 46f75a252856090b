import check from '../../../src/checks/pod/host-network-without-host-process.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'an ordinary pod on the network of its node': () => [
      web(spec => {
        spec.hostNetwork = true;
      }),
      {severity: 'error', subjects, says: /hostNetwork/},
    ],
    'a manifest that only its selector shows to be for Windows': () => [
      web(spec => {
        delete spec.os;
        spec.hostNetwork = true;
      }).snapshot('files'),
      {severity: 'error', subjects},
    ],
  },
  passes: {
    'HostProcess pods, and ordinary ones without it': () => healthy(),
    'a Linux pod on the network of its node': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.hostNetwork = true;
      }),
    'hostNetwork set to false': () =>
      web(spec => {
        spec.hostNetwork = false;
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
