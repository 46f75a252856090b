import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import type {TestCluster} from '../../helpers/cluster.ts';

/** A fault: its symptom, the cluster that has it, and the ids of all findings that it gives, of whatever severity. */
export type Row = readonly [symptom: string, cluster: () => TestCluster, ids: readonly string[]];

/** Registers one test for each row: all checks are asked, and exactly these find something. */
export function rows(list: readonly Row[]): void {
  for (const [symptom, cluster, ids] of list) {
    test(symptom, t => {
      const {fails, problems} = judge(cluster().snapshot(), CHECKS);
      t.deepEqual(problems, []);
      t.deepEqual(fails.map(f => f.check.id).sort(), [...ids].sort(), told(fails));
    });
  }
}

function told(fails: ReturnType<typeof judge>['fails']): string {
  return fails.flatMap(f => f.fails.map(x => `${f.check.id} [${x.cause}]: ${x.message}`)).join('\n');
}
