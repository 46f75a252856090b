import check from '../../../src/checks/net/pod-to-cluster-ip.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

const toWeb = (p: {leg: string; to: {of: {namespace?: string}}}): boolean => p.to.of.namespace === 'shop';

checkCases({
  check,
  finds: {
    'the backend is dead as well': () => [
      probed(healthy(), p => p.fail(q => (q.leg === 'cluster-ip' || q.leg === 'backend') && toWeb(q))),
      {
        severity: 'error',
        subjects: ['Service/shop/web'],
        cause: 'backend: no answer',
        says: /10\.96\.30\.1:80 of shop\/web does not answer in time .* and its backend \S+ does not answer in time, too/,
      },
    ],
    'the pod does not serve its port': () => [
      probed(healthy(), p =>
        p.fail(q => (q.leg === 'cluster-ip' || q.leg === 'backend') && toWeb(q), 'refused'),
      ),
      {subjects: ['Service/shop/web'], cause: 'backend: refused', says: /does not serve that port/},
    ],
    'a Linux host does not reach it': () => [
      probedFleet(p => p.fail(of('host-cluster-ip', 'linux-1'))),
      {subjects: ['Service/shop/web-0'], cause: 'no backend tried: no answer'},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'the backend answers, which is told otherwise': () => probedFleet(p => p.fail(of('cluster-ip'))),
    'a Windows host does not reach it, by design': () =>
      probedFleet(p => p.fail(of('host-cluster-ip', 'win-0'))),
  },
  unknown: UNSEEN,
});
