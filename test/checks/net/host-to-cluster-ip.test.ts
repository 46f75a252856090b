import check from '../../../src/checks/net/host-to-cluster-ip.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {healthy} from '../../helpers/cluster.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'Windows hosts do not reach Services': () => [
      probed(healthy(), p => p.fail(q => q.leg === 'host-cluster-ip' && q.from.os === 'windows')),
      {severity: 'info', subjects: ['Node//win-1', 'Node//win-2'], cause: 'by design', says: /only pods do/},
    ],
  },
  passes: {
    'they reach them': () => probed(healthy()),
    'a Linux host does not, which is no limit': () =>
      probedFleet(p => p.fail(of('host-cluster-ip', 'linux-1'))),
  },
  unknown: UNSEEN,
});
