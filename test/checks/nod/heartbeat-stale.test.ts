import check from '../../../src/checks/nod/heartbeat-stale.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
const renewed = (name: string, seconds: number) =>
  healthy().change('Lease', `kube-node-lease/${name}`, l => {
    l.spec.renewTime = ago(seconds);
  });

checkCases({
  check,
  finds: {
    'a Windows node that went silent': () => [
      renewed('win-1', 101),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'not-renewed', says: /101 s ago/},
    ],
    'a Linux node as a warning': () => [
      renewed('linux-0', 3600),
      {severity: 'warning', subjects: ['Node//linux-0'], cause: 'not-renewed'},
    ],
  },
  passes: {
    'leases are fresh': () => healthy(),
    'a large cluster whose lists took their time': () => renewed('win-1', 100),
  },
  unknown: {
    'leases may not be listed': () => [healthy().without('leases'), 'leases'],
    'a node has no lease': () => [healthy().remove('Lease', 'kube-node-lease/win-2'), 'leases'],
  },
});
