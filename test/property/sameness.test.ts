import test from 'ava';
import * as fc from 'fast-check';
import {TestCluster} from '../helpers/cluster.ts';
import {linuxPodSpec, pod} from '../helpers/raw-pods.ts';
import {namespace} from '../helpers/raw.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {FAULTS} from './faults/index.ts';
import {patientOf, patientPlans} from './faults/patient.ts';
import {RUNS, judged} from './judging.ts';

const faults = fc.constantFrom(...FAULTS);
const options = {numRuns: Math.ceil(RUNS / 5), includeErrorInReport: true};

/** Everything that all checks say of what is wrong: whom, what, why, in these words. */
function sayings(objects: Raw[]): string[] {
  const {fails, problems} = judged(new TestCluster(objects).snapshot());
  const said = fails.flatMap(({check, fails: found}) =>
    found.map(
      f =>
        `${check.id} ${f.subject.kind}/${f.subject.namespace ?? ''}/${f.subject.name} [${f.cause}] ${f.message}`,
    ),
  );
  return [...said, ...problems.map(p => p.detail)].sort();
}

test('the order of objects says nothing', t => {
  fc.assert(
    fc.property(patientPlans, faults, fc.infiniteStream(fc.nat()), (plan, fault, numbers) => {
      const patient = patientOf(plan);
      fault.inject(patient);
      const {objects} = patient.cluster;
      const shuffled = objects
        .map(object => ({object, at: Number(numbers.next().value)}))
        .sort((a, b) => a.at - b.at)
        .map(({object}) => object);
      t.deepEqual(sayings(shuffled), sayings(objects));
    }),
    options,
  );
});

test('fields that nobody knows, and what has nothing to do with it, say nothing', t => {
  fc.assert(
    fc.property(patientPlans, faults, fc.object({maxDepth: 2}), (plan, fault, stranger) => {
      const patient = patientOf(plan);
      fault.inject(patient);
      const {objects} = patient.cluster;
      const dressed: Json[] = structuredClone(objects);
      for (const object of dressed) {
        object.futureField = stranger;
        object.metadata.futureField = stranger;
        if (object.spec) object.spec.futureField = stranger;
        if (object.status) object.status.futureField = stranger;
      }
      const linux = objects.find(o => o.kind === 'Node');
      const alone = pod({namespace: 'elsewhere', name: 'alone'}, linuxPodSpec(), linux?.metadata.name ?? '');
      t.deepEqual(sayings([...dressed, namespace('elsewhere'), alone]), sayings(objects));
    }),
    options,
  );
});
