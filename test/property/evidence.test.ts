import test from 'ava';
import fc from 'fast-check';
import {RESOURCES} from '../../src/kube/resources.ts';
import type {ResourceKey} from '../../src/kube/resources.ts';
import {TestCluster} from '../helpers/cluster.ts';
import {clusterOf} from './build.ts';
import {RUNS, failures, judged} from './judging.ts';
import {plans} from './plan.ts';

const KINDS = new Map(RESOURCES.map(r => [r.key, r.kind]));
const keys = fc.constantFrom(...KINDS.keys());

/** The cluster with only some objects of a kind: bit `i` keeps object `i`. */
function part(of: TestCluster, key: ResourceKey, bits: number): TestCluster {
  let i = 0;
  const objects = of.objects.filter(o => o.kind !== KINDS.get(key) || ((bits >> (i++ % 31)) & 1) === 1);
  return new TestCluster(objects).partly(key);
}

test('a part of the evidence makes no fault that the whole does not show', t => {
  fc.assert(
    fc.property(plans, keys, fc.nat(), (plan, key, bits) => {
      const cluster = clusterOf(plan);
      const whole = new Set(failures(judged(cluster.snapshot())));
      const judgement = judged(part(cluster, key, bits).snapshot());
      t.deepEqual(judgement.problems, []);
      const invented = failures(judgement).filter(line => !whole.has(line));
      if (invented.length > 0) throw new Error(`without some ${key}:\n${invented.join('\n')}`);
    }),
    {numRuns: RUNS, includeErrorInReport: true},
  );
});
