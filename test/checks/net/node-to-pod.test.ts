import check from '../../../src/checks/net/node-to-pod.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'one host does not get to one pod': () => [
      probedFleet(p => {
        const link = p.plan.probes.find(of('node-to-pod', 'linux-1'));
        p.fail(probe => probe.id === link?.id, 'unreachable');
      }),
      {
        severity: 'error',
        subjects: ['Pod/shop/web-0-1'],
        says: /Host linux-1 does not get to .*is unreachable/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'nothing gets to a whole node': () =>
      probedFleet(p => p.fail(q => q.leg === 'node-to-pod' && q.to.node === 'win-0')),
  },
  unknown: UNSEEN,
});
