import test from 'ava';
import * as fc from 'fast-check';
import {RESOURCES} from '../../src/kube/resources.ts';
import type {ResourceKey} from '../../src/kube/resources.ts';
import {TestCluster} from '../helpers/cluster.ts';
import type {Raw} from '../helpers/raw.ts';
import {FAULTS} from './faults/index.ts';
import {patientOf, patientPlans} from './faults/patient.ts';
import {versionOf} from './fleet.ts';
import {RUNS, failures, judged} from './judging.ts';
import type {Plan} from './plan.ts';

const KINDS = new Map(RESOURCES.map(r => [r.key, r.kind]));
const keys = fc.constantFrom(...KINDS.keys());
const faults = fc.constantFrom(undefined, ...FAULTS);
const options = {numRuns: Math.ceil(RUNS / 4), includeErrorInReport: true};

/** A cluster with one fault, or none where it cannot have that one. */
function ailing(plan: Plan, fault: (typeof FAULTS)[number] | undefined): Raw[] {
  const patient = patientOf(plan);
  fault?.inject(patient);
  return patient.cluster.objects;
}

/** The objects as a cluster of the plan's version. */
function clusterFrom(objects: Raw[], plan: Plan): TestCluster {
  return new TestCluster(objects).version(versionOf(plan.provider, plan.minor, false));
}

/** Only some objects of a kind: bit `i` keeps object `i`. */
function part(objects: Raw[], key: ResourceKey, bits: number): Raw[] {
  let i = 0;
  return objects.filter(o => o.kind !== KINDS.get(key) || ((bits >> (i++ % 31)) & 1) === 1);
}

/**
 * Without the list of definitions nobody can say that a kind is not defined (IDN001); that its objects are not there
 * remains true, and is then said by itself.
 */
function saysLess(id: string | undefined, key: ResourceKey): boolean {
  return id === 'IDN001' && key === 'customResourceDefinitions';
}

test('a part of the evidence makes no fault that the whole does not show', t => {
  fc.assert(
    fc.property(patientPlans, faults, keys, fc.nat(), (plan, fault, key, bits) => {
      fc.pre(!saysLess(fault?.id, key));
      const objects = ailing(plan, fault);
      const whole = new Set(failures(judged(clusterFrom(objects, plan).snapshot())));
      const partial = judged(
        clusterFrom(part(objects, key, bits), plan)
          .partly(key)
          .snapshot(),
      );
      t.deepEqual(partial.problems, []);
      const invented = failures(partial).filter(line => !whole.has(line));
      if (invented.length > 0) throw new Error(`without some ${key}:\n${invented.join('\n')}`);
    }),
    options,
  );
});

test('a right that is taken away makes no fault, and what is no longer seen is unknown', t => {
  fc.assert(
    fc.property(patientPlans, faults, keys, (plan, fault, key) => {
      fc.pre(!saysLess(fault?.id, key));
      const objects = ailing(plan, fault);
      const whole = failures(judged(clusterFrom(objects, plan).snapshot()));
      const denied = judged(clusterFrom(objects, plan).without(key).snapshot());
      t.deepEqual(denied.problems, []);
      const seen = new Set(failures(denied));
      const invented = [...seen].filter(line => !whole.includes(line));
      const gaps = new Set<string>(denied.gaps.map(g => g.id));
      const silent = whole.filter(line => !seen.has(line) && !gaps.has(line.slice(0, 6)));
      if (invented.length + silent.length > 0) {
        throw new Error(`without ${key}: new ${invented.join('\n')}; silent ${silent.join('\n')}`);
      }
    }),
    options,
  );
});
