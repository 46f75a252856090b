import check from '../../../src/checks/kbl/pleg-unhealthy.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';

const MESSAGE =
  '[container runtime is down, PLEG is not healthy: pleg was last seen active 4m1s ago; threshold is 3m0s]';

function notReady(name: string, message: string, status = 'False'): TestCluster {
  return healthy().change('Node', name, node => {
    Object.assign(node.status.conditions.at(-1), {status, reason: 'KubeletNotReady', message});
  });
}

checkCases({
  check,
  finds: {
    'a Windows node whose kubelet lags': () => [
      notReady('win-1', MESSAGE),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pleg-unhealthy', says: /PLEG is not healthy/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a node that is not ready for another reason, which NOD001 reports': () =>
      notReady('win-1', 'Kubelet stopped posting node status.', 'Unknown'),
    'a Linux node': () => notReady('linux-0', MESSAGE),
    'an old message on a node that is ready': () => notReady('win-1', MESSAGE, 'True'),
  },
  unknown: {
    'nodes may not be read': () => [healthy().without('nodes'), 'nodes'],
    'the kubelet log was not read': () => [healthy(), 'node.logs'],
  },
});
