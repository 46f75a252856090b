import check from '../../../src/checks/nod/clock-skew.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
const renewed = (name: string, seconds: number) =>
  healthy().change('Lease', `kube-node-lease/${name}`, l => {
    l.spec.renewTime = ago(-seconds);
  });

checkCases({
  check,
  finds: {
    'a lease renewed half a minute from now': () => [
      renewed('win-1', 40),
      {severity: 'warning', subjects: ['Node//win-1'], cause: 'ahead', says: /win-1 runs about 34 s ahead/},
    ],
    'six minutes are an error': () => [
      renewed('win-2', 366),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'ahead'},
    ],
  },
  passes: {
    'leases were renewed in the last seconds': () => healthy(),
    'five seconds more than others may have': () => renewed('win-1', 11),
    'leases that were all read long after the snapshot began': () =>
      healthy().changeAll('Lease', l => {
        l.spec.renewTime = ago(-45);
      }),
    'a Linux node is not judged': () => renewed('linux-0', 60),
    'a node without a lease': () => healthy().remove('Lease', 'kube-node-lease/win-1'),
  },
  unknown: {
    'leases may not be listed': () => [healthy().without('leases'), 'leases'],
    'a clock that runs behind takes the agent to see': () => [healthy(), 'node.agent'],
  },
});
