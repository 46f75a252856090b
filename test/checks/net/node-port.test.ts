import check from '../../../src/checks/net/node-port.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {healthy} from '../../helpers/cluster.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'nodes do not answer': () => [
      probedFleet(p => p.fail(q => q.leg === 'node-port' && q.to.node === 'win-0')),
      {
        severity: 'error',
        subjects: ['Service/shop/web-0'],
        cause: 'no answer',
        says: /Host linux-\d+ does not get to Service shop\/web-0 on win-0 \(192\.168\.0\.0:30080\)/,
      },
    ],
    'a node that passes on to pods it does not reach': () => [
      probedFleet(p =>
        p
          .fail(q => q.leg === 'node-port' && q.to.node === 'win-0')
          .fail(q => q.leg === 'node-to-pod' && q.from.node === 'win-0'),
      ),
      {subjects: ['Service/shop/web-0'], cause: 'no answer, nor from pods of other nodes'},
    ],
    'one of the pods behind it is reached by nobody': () => [
      probedFleet(p =>
        p
          .fail(q => q.leg === 'node-port' && q.to.node === 'linux-3')
          .fail(q => q.to.of.kind === 'Pod' && q.to.of.name === 'web-0-1', 'unreachable'),
      ),
      {subjects: ['Service/shop/web-0'], cause: 'as one of its pods'},
    ],
    'the port is closed': () => [
      probedFleet(p => p.fail(of('node-port'), 'refused')),
      {subjects: ['Service/shop/web-0'], cause: 'refused'},
    ],
  },
  passes: {
    'nothing is wrong': () => probedFleet(),
    'the cluster has no node port': () => probed(healthy()),
  },
  unknown: UNSEEN,
});
