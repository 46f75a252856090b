import test from 'ava';
import * as fc from 'fast-check';
import {buildReport} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import type {Finding} from '../../src/report/report.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {FAULTS} from './faults/index.ts';
import {patientOf, patientPlans} from './faults/patient.ts';
import {RUNS, isDeclared, judged} from './judging.ts';

function findings(cluster: TestCluster): Finding[] {
  const snapshot = cluster.snapshot();
  const run = {version: '0.1.0', timings: {collectMs: 1, judgeMs: 2}, sieves: []};
  return buildReport(snapshot, judged(snapshot), run, bundleLocator(snapshot)).findings;
}

for (const {id, fault, inject, also = []} of FAULTS) {
  test(`${fault} is found as ${id}, and is the only root cause`, t => {
    let tried = 0;
    fc.assert(
      fc.property(patientPlans, plan => {
        const patient = patientOf(plan);
        const subject = inject(patient);
        fc.pre(subject !== undefined);
        tried++;
        const roots = findings(patient.cluster).filter(f => f.causedBy.length === 0);
        const subjects = roots
          .filter(f => f.id === id)
          .flatMap(f => f.subjects)
          .map(s => `${s.kind}/${s.namespace ?? ''}/${s.name}`);
        const others = roots.filter(
          f => f.severity !== 'info' && f.id !== id && !also.includes(f.id) && !isDeclared(f),
        );
        if (!subjects.includes(subject) || others.length > 0) {
          throw new Error(
            `${subject} among [${subjects.join(', ')}]; besides: ${others.map(f => `${f.id} ${f.message}`).join('\n')}`,
          );
        }
      }),
      {numRuns: Math.ceil(RUNS / 25), maxSkipsPerRun: 1000, includeErrorInReport: true},
    );
    t.true(tried > 0);
  });
}
