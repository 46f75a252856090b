import check from '../../../src/checks/net/path-mtu.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'large packets vanish': () => [
      probedFleet(p =>
        p.fail(q => q.leg === 'path-mtu' && q.to.node === 'win-0', 'blackhole', {passedBytes: 1400}),
      ),
      {
        severity: 'error',
        subjects: ['Node//win-0'],
        cause: 'black hole',
        says: /Packets above 1400 bytes from Pod shop\/\S+ on \S+ to pod shop\/web-0-\d on win-0 are lost/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'nothing arrives, which is no matter of size': () => probedFleet(p => p.fail(of('path-mtu'))),
  },
  unknown: UNSEEN,
});
