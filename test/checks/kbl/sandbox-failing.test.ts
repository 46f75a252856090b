import check from '../../../src/checks/kbl/sandbox-failing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {logged, sandboxLine, withoutKubeletLog} from '../../helpers/kubelet-lines.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {linuxPodSpec, workload} from '../../helpers/raw-pods.ts';
import {creating, report} from '../../helpers/sick-pods.ts';

const ATTACH =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = hcs::CreateComputeSystem 1a2b3c: The requested operation for attach namespace failed.: unknown';
const REASON = 'FailedCreatePodSandBox';

function failing(message: string, pods = ['shop/web-0'], last = ago(30)): TestCluster {
  const cluster = healthy();
  for (const pod of pods) report(cluster.change('Pod', pod, creating), 'Pod', pod, REASON, message, {last});
  return cluster;
}

checkCases({
  check,
  finds: {
    'what the kubelet logged where no event is left': () => [
      logged(sandboxLine(ATTACH)),
      {subjects: ['Deployment/shop/web'], cause: 'namespace-attach-failed', says: /on win-1/},
    ],
    'a known error, named by its class': () => [
      failing(ATTACH),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'namespace-attach-failed',
        says: /on win-1 cannot get a sandbox: the endpoint/,
      },
    ],
    'two pods of one class as one cause': () => [
      failing(ATTACH, ['shop/web-0', 'shop/web-1']),
      {subjects: ['Deployment/shop/web'], cause: 'namespace-attach-failed'},
    ],
    'an error that nobody knows, by its text without names and ids': () => [
      failing(
        'Failed to create pod sandbox: strange plugin refused pod web-0 in shop at 10.244.1.7 (id 7f3a9c)',
      ),
      {
        subjects: ['Deployment/shop/web'],
        cause: 'other: Failed to create pod sandbox: strange plugin refused pod * in * at * (id *)',
        says: /strange plugin/,
      },
    ],
    'an error behind its own echo': () => {
      const cluster = failing(ATTACH, ['shop/web-0'], ago(300));
      const echo =
        'Failed to create pod sandbox: failed to reserve sandbox name "web-0_shop_1": name is reserved';
      return [
        report(cluster, 'Pod', 'shop/web-0', REASON, echo, {last: ago(10)}),
        {subjects: ['Deployment/shop/web'], cause: 'namespace-attach-failed'},
      ];
    },
    'the echo where nothing else is known': () => [
      failing('failed to reserve sandbox name "web-0_shop_1": name is reserved'),
      {subjects: ['Deployment/shop/web'], cause: 'sandbox-name-reserved'},
    ],
    'an event last seen an hour ago': () => [
      failing(ATTACH, ['shop/web-0'], ago(3600)),
      {subjects: ['Deployment/shop/web']},
    ],
    'a pod meant for Windows where nodes cannot be read': () => [
      failing(ATTACH).without('nodes'),
      {subjects: ['Deployment/shop/web']},
    ],
  },
  passes: {
    'nodes whose logs say nothing of pods': () => healthyWithAgents(),
    'a healthy cluster': () => healthy(),
    'a pod that runs now, whatever its events say': () =>
      report(healthy(), 'Pod', 'shop/web-0', REASON, ATTACH),
    'a pod that is being deleted': () =>
      failing(ATTACH).change('Pod', 'shop/web-0', p => {
        p.metadata.deletionTimestamp = ago(5);
      }),
    'an empty address pool, which KBL008 reports': () =>
      failing(
        'Failed to create pod sandbox: failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
      ),
    'a Linux pod': () => {
      const cluster = healthy().add(
        ...workload('Deployment', {namespace: 'shop', name: 'api'}, linuxPodSpec(), ['linux-0']),
      );
      return report(cluster.change('Pod', 'shop/api-0', creating), 'Pod', 'shop/api-0', REASON, ATTACH);
    },
  },
  unknown: {
    'events may not be read': () => [failing(ATTACH).without('events'), 'events'],
    'events came in part': () => [healthy().partly('events'), 'events'],
    'a pod that waits while no event is left': () => [failing(ATTACH, ['shop/web-0'], ago(3601)), 'events'],
    'the only events are of an earlier pod of the same name': () => [
      failing(ATTACH).changeAll('Event', e => {
        e.involvedObject.uid = 'somebody-else';
      }),
      'events',
    ],
    'the logs of the nodes were not read': () => [healthy(), 'node.logs'],
    'the only error in the log of the node is an old one': () => {
      const old = sandboxLine(ATTACH).replace('11:59', '10:30');
      const later = 'I0901 11:59:40.000000    4244 kubelet.go:2406] "SyncLoop (housekeeping)"';
      return [logged(`${old}\n${later}`), 'events'];
    },
    'the kubelet of a node writes no file': () => [withoutKubeletLog(), 'node.logs'],
  },
});
