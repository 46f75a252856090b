import check from '../../../src/checks/pod/dns-policy-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a HostProcess pod that asks for cluster DNS': () => [
      healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
        spec.dnsPolicy = 'ClusterFirstWithHostNet';
      }),
      {
        severity: 'warning',
        subjects: ['DaemonSet/kube-system/kube-proxy-windows'],
        says: /ClusterFirstWithHostNet/,
      },
    ],
    'a manifest': () => [
      web(spec => {
        spec.dnsPolicy = 'ClusterFirstWithHostNet';
      }).snapshot('files'),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    ClusterFirst: () => healthy(),
    'Linux has the policy': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.dnsPolicy = 'ClusterFirstWithHostNet';
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
