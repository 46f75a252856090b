import check from '../../../src/checks/kbl/pod-stuck-terminating.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {deleting, report} from '../../helpers/sick-pods.ts';

const overdue = (seconds: number, finalizers?: string[]): TestCluster =>
  healthy().change('Pod', 'shop/web-0', p => deleting(p, seconds, finalizers));

checkCases({
  check,
  finds: {
    'a pod five minutes and a second late': () => [
      overdue(301),
      {
        severity: 'warning',
        subjects: ['Pod/shop/web-0'],
        cause: 'kubelet does not end it',
        says: /was to be gone 5 min ago, and the kubelet of win-1/,
      },
    ],
    'a finalizer, by its name': () => [
      overdue(900, ['example.test/hold']),
      {subjects: ['Pod/shop/web-0'], cause: 'finalizer', says: /the finalizer example\.test\/hold holds it/},
    ],
    'what the kubelet says of it': () => [
      report(
        overdue(900),
        'Pod',
        'shop/web-0',
        'FailedKillPod',
        'error killing pod: hcnDeleteNamespace failed in Win32: The specified request is unsupported (0x803b0015)',
      ),
      {subjects: ['Pod/shop/web-0'], cause: 'namespace-stuck', says: /namespace still lists containers/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a pod exactly five minutes late': () => overdue(300),
    'a pod within its grace period': () => overdue(-20),
    'a Linux pod': () => healthy().change('Pod', 'kube-system/coredns-0', p => deleting(p, 9000)),
  },
  unknown: {
    'pods may not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
