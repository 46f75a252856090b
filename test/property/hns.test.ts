import test from 'ava';
import * as fc from 'fast-check';
import {judge} from '../../src/checks/engine.ts';
import {buildReport} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import type {Finding} from '../../src/report/report.ts';
import {clusterPlans} from '../helpers/winkernel/arbitrary.ts';
import {simulate} from '../helpers/winkernel/cluster.ts';
import type {Simulated} from '../helpers/winkernel/cluster.ts';
import {snapshotOf} from '../helpers/winkernel/snapshot.ts';
import {Patient} from './hns-faults/fault.ts';
import {HNS_FAULTS} from './hns-faults/index.ts';
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

test('what an agent could not collect, and a kube-proxy whose settings nobody sees, make no fault', t => {
  fc.assert(
    fc.property(clusterPlans, fc.nat(1000), (plan, turn) => {
      const cluster = simulate({...plan, proxy: {...plan.proxy, told: turn % 2 === 0 ? 'unseen' : 'flags'}});
      const snapshot = snapshotOf(cluster, agent => {
        const files = agent.texts.map(([file]) => file);
        agent.without(files[turn % files.length] ?? '');
      });
      const judgement = judge(snapshot, CHECKS);
      t.deepEqual(judgement.problems, []);
      const found = failures(judgement, 'warning');
      if (found.length > 0) throw new Error(found.join('\n'));
    }),
    {numRuns: RUNS, includeErrorInReport: true},
  );
});

for (const {id, fault, fit, inject} of HNS_FAULTS) {
  test(`${id} finds ${fault}, and nothing else is an error`, t => {
    let tried = 0;
    fc.assert(
      fc.property(fit ? clusterPlans.map(fit) : clusterPlans, fc.nat(1000), (plan, turn) => {
        const cluster = simulate(plan);
        const subject = inject(new Patient(cluster, turn));
        fc.pre(subject !== undefined);
        tried++;
        const found = findings(cluster);
        const named = found
          .filter(f => f.id === id)
          .flatMap(f => f.subjects)
          .map(s => `${s.kind}/${s.namespace ?? ''}/${s.name}`);
        const others = found.filter(f => f.severity === 'error' && f.id !== id && f.causedBy.length === 0);
        if (!named.includes(subject ?? '') || others.length > 0) {
          throw new Error(
            `${subject} among [${named.join(', ')}]; besides: ${others.map(f => `${f.id} ${f.message}`).join('\n')}`,
          );
        }
      }),
      {numRuns: Math.ceil(RUNS / 25), maxSkipsPerRun: 100, includeErrorInReport: true},
    );
    t.true(tried > 0);
  });
}

function findings(cluster: Simulated): Finding[] {
  const snapshot = snapshotOf(cluster);
  const judgement = judge(snapshot, CHECKS);
  const run = {version: '0.1.0', timings: {collectMs: 1, judgeMs: 2}, sieves: []};
  return buildReport(snapshot, judgement, run, bundleLocator(snapshot)).findings;
}
