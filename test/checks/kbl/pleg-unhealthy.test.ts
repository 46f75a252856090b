import check from '../../../src/checks/kbl/pleg-unhealthy.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {withoutKubeletLog} from '../../helpers/kubelet-lines.ts';

const MESSAGE =
  '[container runtime is down, PLEG is not healthy: pleg was last seen active 4m1s ago; threshold is 3m0s]';

function notReady(name: string, message: string, status = 'False'): TestCluster {
  return healthy().change('Node', name, node => {
    Object.assign(node.status.conditions.at(-1), {status, reason: 'KubeletNotReady', message});
  });
}

/** A kubelet that skipped a round at a time, and goes on until 11:59:40. */
function skipped(at: string): TestCluster {
  const lines = [
    `E0901 ${at}.000000    4244 kubelet.go:2473] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m21s ago; threshold is 3m0s"`,
    'I0901 11:59:40.000000    4244 kubelet.go:2406] "SyncLoop (housekeeping)"',
  ];
  return healthyWithAgents().onNode('win-1', n => n.set('logs/kubelet/kubelet.err.log', lines.join('\n')));
}

checkCases({
  check,
  finds: {
    'a kubelet that skips work just now, by its log': () => [
      skipped('11:59:35'),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pleg-unhealthy', says: /skips work: .*PLEG/},
    ],
    'one that did so within the hour': () => [
      skipped('11:20:00'),
      {severity: 'warning', subjects: ['Node//win-1'], cause: 'pleg-unhealthy', says: /within the last hour/},
    ],
    'a Windows node whose kubelet lags': () => [
      notReady('win-1', MESSAGE),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pleg-unhealthy', says: /PLEG is not healthy/},
    ],
  },
  passes: {
    'a log without a word of it': () => healthyWithAgents(),
    'a log that told of it hours ago': () => skipped('09:10:00'),
    'a healthy cluster': () => healthy(),
    'a node that is not ready for another reason, which NOD001 reports': () =>
      notReady('win-1', 'Kubelet stopped posting node status.', 'Unknown'),
    'a Linux node': () => notReady('linux-0', MESSAGE),
    'an old message on a node that is ready': () => notReady('win-1', MESSAGE, 'True'),
  },
  unknown: {
    'the kubelet of a node writes no file': () => [withoutKubeletLog(), 'node.logs'],
    'nodes may not be read': () => [healthy().without('nodes'), 'nodes'],
    'the kubelet log was not read': () => [healthy(), 'node.logs'],
  },
});
