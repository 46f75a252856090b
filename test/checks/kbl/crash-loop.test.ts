import check from '../../../src/checks/kbl/crash-loop.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';
import {crashing, report} from '../../helpers/sick-pods.ts';

const crashed = (code: number): TestCluster => healthy().change('Pod', 'shop/web-0', p => crashing(p, code));

/** Between two crashes: running again, not ready, the last end so many seconds ago. */
const between = (restarts: number, ended: number) => (pod: Json) => {
  crashing(pod, 1, {restarts});
  for (const s of pod.status.containerStatuses) {
    s.state = {running: {startedAt: ago(5)}};
    s.lastState.terminated.finishedAt = ago(ended);
  }
};

checkCases({
  check,
  finds: {
    'a missing DLL, printed as a negative number': () => [
      crashed(-1073741515),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'STATUS_DLL_NOT_FOUND',
        says: /on win-1 ends with exit code -1073741515 \(0xc0000135, 3221225781\), STATUS_DLL_NOT_FOUND: a DLL .* restarted 12 times/,
      },
    ],
    'the same code, printed unsigned, as the same cause': () => [
      crashed(3221225781),
      {subjects: ['Deployment/shop/web'], cause: 'STATUS_DLL_NOT_FOUND'},
    ],
    'a .NET exception': () => [
      crashed(-532462766),
      {subjects: ['Deployment/shop/web'], cause: 'CLR exception'},
    ],
    'a program with a code of its own': () => [
      crashed(42),
      {subjects: ['Deployment/shop/web'], cause: 'own exit code', says: /exit code 42, which is its own/},
    ],
    'a program that simply ends': () => [
      crashed(0),
      {subjects: ['Deployment/shop/web'], cause: 'ends by itself', says: /exit code 0/},
    ],
    'a probe that stops it': () => [
      report(
        crashed(-1073741510),
        'Pod',
        'shop/web-0',
        'Unhealthy',
        'Liveness probe failed: connection refused',
      ),
      {subjects: ['Deployment/shop/web'], cause: 'liveness probe', says: /failed probe stopped it/},
    ],
    'a container between two crashes': () => [
      healthy().change('Pod', 'shop/web-0', between(3, 3600)),
      {subjects: ['Deployment/shop/web']},
    ],
    'a crash in one pod of two': () => [
      healthy().change('Pod', 'shop/web-1', p => crashing(p, -1073741819)),
      {subjects: ['Deployment/shop/web'], cause: 'STATUS_ACCESS_VIOLATION', says: /win-2/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'two restarts only': () => healthy().change('Pod', 'shop/web-0', between(2, 60)),
    'a last crash more than an hour ago': () => healthy().change('Pod', 'shop/web-0', between(3, 3601)),
    'a pod that is ready again after many restarts': () =>
      healthy().change('Pod', 'shop/web-0', p => {
        p.status.containerStatuses[0].restartCount = 40;
        p.status.containerStatuses[0].lastState = {terminated: {exitCode: 1, finishedAt: ago(600)}};
      }),
    'a process that never ran, which KBL002 reports': () =>
      healthy().change('Pod', 'shop/web-0', p =>
        crashing(p, 128, {reason: 'StartError', message: 'no such file'}),
      ),
    'a crash of a Linux pod': () => healthy().change('Pod', 'kube-system/coredns-0', p => crashing(p, 1)),
  },
  unknown: {
    'pods may not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
