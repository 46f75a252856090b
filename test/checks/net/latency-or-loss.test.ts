import check from '../../../src/checks/net/latency-or-loss.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'tries are lost': () => [
      probedFleet(p => p.change(of('pod-other-node', 'win-0'), r => ({...r, lost: 1}))),
      {
        severity: 'warning',
        subjects: ['Node//win-0'],
        cause: 'loss',
        says: /^\d+ of \d+ tries from win-0 to pods of other nodes were lost/,
      },
    ],
    'first packets are sent again': () => [
      probedFleet(p => p.change(of('pod-other-node', 'win-0'), r => ({...r, slowestMs: 1005}))),
      {subjects: ['Node//win-0'], cause: 'loss'},
    ],
    'at one node, in both directions, and of others too few to tell': () => [
      probedFleet(p =>
        p.change(
          q => q.leg === 'pod-other-node' && (q.from.node === 'win-0' || q.to.node === 'win-0'),
          r => ({...r, slowestMs: 1005}),
        ),
      ),
      {
        subjects: ['Node//win-0'],
        cause: 'loss',
        says: /^\d+ of \d+ tries between win-0 and pods of other nodes/,
      },
    ],
    'the way is slow': () => [
      probedFleet(p => p.change(of('node-to-pod', 'win-0'), r => ({...r, ms: 200, slowestMs: 220}))),
      {subjects: ['Node//win-0'], cause: 'latency', says: /win-0 takes 200 ms at best/},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'one packet is lost': () =>
      probedFleet(p => {
        const link = p.plan.probes.find(of('pod-other-node', 'win-0'));
        p.change(
          q => q.id === link?.id,
          r => ({...r, lost: 1}),
        );
      }),
    'it is just not slow': () =>
      probedFleet(p => p.change(of('node-to-pod'), r => ({...r, ms: 149, slowestMs: 999}))),
    'everything fails, which is no loss': () => probedFleet(p => p.fail(of('pod-other-node'))),
  },
  unknown: UNSEEN,
});
