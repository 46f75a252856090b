import test from 'ava';
import * as fc from 'fast-check';
import {judge} from '../../src/checks/engine.ts';
import {clusterPlans} from '../helpers/winkernel/arbitrary.ts';
import {simulate} from '../helpers/winkernel/cluster.ts';
import {snapshotOf} from '../helpers/winkernel/snapshot.ts';
import {RUNS, SUPPORT, failures} from './judging.ts';

/** Checks of what HNS has: the whole areas of networks and Services, and the one of the names of networks. */
const CHECKS = SUPPORT.filter(({area, id}) => area === 'HNS' || area === 'SVC' || id === 'CNI003');

test('nothing is wrong with what kube-proxy and CNI plug-ins program', t => {
  fc.assert(
    fc.property(clusterPlans, plan => {
      const judgement = judge(snapshotOf(simulate(plan)), CHECKS);
      t.deepEqual(judgement.problems, []);
      const found = [
        ...failures(judgement, 'warning'),
        ...judgement.gaps.map(({id, evidence, reason, detail}) => `${id} ${evidence} ${reason} ${detail}`),
      ];
      if (found.length > 0) throw new Error(found.join('\n'));
    }),
    {numRuns: RUNS, includeErrorInReport: true},
  );
});
