import check from '../../../src/checks/net/linux-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

const windows = [0, 2, 4].map(i => `Node//win-${i}`);

checkCases({
  check,
  finds: {
    'nothing goes from Linux to Windows': () => [
      probedFleet(
        p => p.fail(q => q.from.os === 'linux' && q.to.os === 'windows' && q.to.node !== q.from.node),
        {},
        6,
      ),
      {
        severity: 'error',
        subjects: windows,
        cause: 'from Linux to Windows',
        says: /^Nothing goes from Linux to Windows nodes: all \d+ connections failed$/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'one node is cut off': () =>
      probedFleet(p => p.fail(q => q.from.node !== q.to.node && q.to.node === 'win-0')),
    'everything is refused, and so arrives': () =>
      probedFleet(p => p.fail(q => q.to.node !== undefined, 'refused')),
  },
  unknown: UNSEEN,
});
