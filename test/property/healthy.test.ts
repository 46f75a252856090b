import test from 'ava';
import * as fc from 'fast-check';
import {clusterOf} from './build.ts';
import {RUNS, alarms, judged} from './judging.ts';
import {plans} from './plan.ts';

test('nothing is wrong with a cluster in order', t => {
  fc.assert(
    fc.property(plans, plan => {
      const judgement = judged(clusterOf(plan).snapshot());
      t.deepEqual(judgement.problems, []);
      const found = alarms(judgement);
      if (found.length > 0) throw new Error(found.join('\n'));
    }),
    {numRuns: RUNS, includeErrorInReport: true},
  );
});
