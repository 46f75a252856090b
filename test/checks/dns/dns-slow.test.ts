import check from '../../../src/checks/dns/dns-slow.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from '../net/unseen.ts';

checkCases({
  check,
  finds: {
    'answers take two seconds': () => [
      probedFleet(p => p.change(of('dns-vip', 'win-0'), r => ({...r, ms: 2004, slowestMs: 2100}))),
      {severity: 'warning', subjects: ['Node//win-0'], cause: 'slow', says: /waits 2004 ms at best/},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'one answer of several is slow': () =>
      probedFleet(p => p.change(of('dns-vip'), r => ({...r, ms: 999, slowestMs: 3000}))),
    'a single try took a second': () =>
      probed(healthy(), p =>
        p.change(
          q => q.leg === 'dns-backend' && q.from.node === 'win-1' && q.to.of.name === 'coredns-1',
          r => ({...r, ms: 1003}),
        ),
      ),
    'nobody answers': () => probedFleet(p => p.fail(of('dns-vip'))),
  },
  unknown: UNSEEN,
});
