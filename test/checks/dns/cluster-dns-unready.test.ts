import check from '../../../src/checks/dns/cluster-dns-unready.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/sick-pods.ts';

const SLICE = 'kube-system/kube-dns-abcde';
const PODS = ['kube-system/coredns-0', 'kube-system/coredns-1'];

function down(edit: (pod: Json) => void = p => waiting(p, 'CrashLoopBackOff')): TestCluster {
  const cluster = healthy().change('EndpointSlice', SLICE, s => {
    for (const e of s.endpoints) e.conditions.ready = false;
  });
  for (const pod of PODS) cluster.change('Pod', pod, edit);
  return cluster;
}

/** No node yet. */
function pending(pod: Json): void {
  delete pod.spec.nodeName;
  waiting(pod, 'ContainerCreating');
  pod.status.phase = 'Pending';
}

/** Without a selector it fell on Windows. */
function onWindows(pod: Json): void {
  delete pod.spec.nodeSelector;
  pod.spec.nodeName = 'win-1';
  waiting(pod, 'ContainerCreating');
}

checkCases({
  check,
  finds: {
    'no endpoint is ready': () => [
      down(),
      {
        severity: 'error',
        subjects: ['Service/kube-system/kube-dns'],
        cause: 'no ready endpoint',
        says: /\(10\.96\.0\.10\) has no ready endpoint: none of its 2 pods is ready, 0 of them/,
      },
    ],
    'its pods have no node': () => [
      down(pending),
      {
        subjects: ['Service/kube-system/kube-dns'],
        cause: 'no ready endpoint',
        says: /2 of them not on a node/,
      },
    ],
    'it is pinned to Windows': () => [
      healthy().changeSpec('Deployment', 'kube-system/coredns', s => {
        s.nodeSelector = {'kubernetes.io/os': 'windows'};
      }),
      {subjects: ['Deployment/kube-system/coredns'], cause: 'pinned to Windows'},
    ],
    'it fell on Windows nodes': () => [
      down(onWindows),
      {
        subjects: ['Pod/kube-system/coredns-0'],
        cause: 'placed on Windows',
        says: /sits on the Windows node win-1/,
      },
    ],
    'the cluster has Windows nodes only': () => [
      down(onWindows).remove('Node', 'linux-0'),
      {subjects: ['Pod/kube-system/coredns-0'], cause: 'no Linux node'},
    ],
    'its selector picks nothing': () => [
      down().change('Service', 'kube-system/kube-dns', s => {
        s.spec.selector = {'k8s-app': 'typo'};
      }),
      {subjects: ['Service/kube-system/kube-dns'], says: /it selects no pod/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'one of two pods is ready': () =>
      healthy()
        .change('Pod', PODS[0] ?? '', p => waiting(p, 'CrashLoopBackOff'))
        .change('EndpointSlice', SLICE, s => {
          s.endpoints[0].conditions.ready = false;
        }),
    'a headless Service beside it': () => {
      const cluster = healthy();
      const twin = structuredClone(cluster.get('Service', 'kube-system/kube-dns'));
      Object.assign(twin.metadata, {name: 'dns-metrics', uid: 'twin', labels: {'k8s-app': 'kube-dns'}});
      twin['spec'].clusterIP = 'None';
      return cluster.add(twin);
    },
  },
  unknown: {
    'EndpointSlices may not be read': () => [healthy().without('endpointSlices'), 'endpointSlices'],
    'there is no DNS Service of a known name': () => [
      healthy().remove('Service', 'kube-system/kube-dns'),
      'services',
    ],
  },
});
