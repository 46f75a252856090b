import test from 'ava';
import * as fc from 'fast-check';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {PROFILES} from '../../src/checks/profiles.ts';
import {RESOURCES, resourceOfKind} from '../../src/kube/resources.ts';
import {loadManifests} from '../../src/manifests/load.ts';
import {buildReport} from '../../src/report/build.ts';
import {FORMATS} from '../../src/report/format-names.ts';
import {render} from '../../src/report/formats.ts';
import type {Locate} from '../../src/report/locate.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {PLAIN} from '../../src/report/palette.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {changes, garbage, junkOf, realObjects, spoil} from '../helpers/garbage.ts';
import {NOW} from '../helpers/raw.ts';

const profiles = PROFILES.map(p => p.name);
const objects = realObjects();

function snapshotOf(raw: readonly unknown[]): Snapshot {
  const assembler = new SnapshotAssembler();
  for (const {key} of RESOURCES) assembler.add(key, []);
  for (const object of raw as {apiVersion: string; kind: string}[]) {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (resource) assembler.add(resource.key, [object]);
  }
  const ci = {
    namespace: 'shop',
    serviceAccount: 'toString',
    delegate: {namespace: '__proto__', name: 'constructor'},
  };
  assembler.set('ciRequest', collected(ci));
  assembler.set('version', collected({gitVersion: 'v1.35.4'}));
  return assembler.build({kind: 'cluster', name: 'garbage', collectedAt: NOW});
}

function report(snapshot: Snapshot, locate: Locate, profile: number): DoctorReport {
  const judgement = judge(snapshot, CHECKS, profiles[profile % profiles.length] ?? 'support');
  return buildReport(snapshot, judgement, {version: '0.1.0', timings: {collectMs: 1, judgeMs: 2}}, locate);
}

/** Whether every check answered without failing itself, and every format can be written. */
function holds(made: DoctorReport): void {
  if (made.problems.length > 0) throw new Error(JSON.stringify(made.problems, null, 1));
  for (const format of FORMATS) {
    const text = render(format, made, {palette: PLAIN, width: 80, checks: CHECKS, failOn: 'error'});
    // U+2060 is ours, behind `@` in Markdown. Control characters, bidirectional overrides: nothing that acts on a terminal comes through.
    if (/[^\P{C}\n]/u.test(text.replaceAll(/[\t\u2060]/g, '')))
      throw new Error(`${format} holds a character that acts`);
  }
  JSON.parse(render('json', made, {palette: PLAIN, width: 80, checks: CHECKS, failOn: 'error'}));
}

test('no check fails itself, and every format can be written, whatever stands in the objects of a cluster', t => {
  holds(report(snapshotOf(objects), bundleLocator(snapshotOf(objects)), 0));
  fc.assert(
    fc.property(changes, fc.nat({max: 4}), (made, profile) => {
      const snapshot = snapshotOf(spoil(objects, made));
      holds(report(snapshot, bundleLocator(snapshot), profile));
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('objects of every kind may hold anything at all', t => {
  const body = fc.record({metadata: garbage, spec: garbage, status: garbage, data: garbage, rules: garbage});
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...RESOURCES), body), {maxLength: 40}), made => {
      const snapshot = snapshotOf(made.map(([resource, rest]) => junkOf(resource, rest)));
      holds(report(snapshot, bundleLocator(snapshot), 0));
    }),
    {numRuns: 100},
  );
  t.pass();
});

test('manifests that hold anything at all are linted without a fault of ours', t => {
  fc.assert(
    fc.property(changes, made => {
      const text = JSON.stringify({apiVersion: 'v1', kind: 'List', items: spoil(objects, made)});
      const {snapshot, locate} = loadManifests([{name: 'junk.yaml', text}], {now: NOW, name: 'junk'});
      holds(report(snapshot, locate, 0));
    }),
    {numRuns: 5},
  );
  t.pass();
});

function owner(kind: string, name: string): object {
  return {kind, name, uid: `uid-${name}`, controller: true};
}

test('owners in a circle, twins and owners of unknown kinds are judged like others', t => {
  const circle = objects.flatMap((object): unknown[] => {
    if (object.kind !== 'Pod' && object.kind !== 'ReplicaSet') return [object];
    const {namespace, name} = object.metadata;
    const itself = {
      ...object,
      metadata: {...object.metadata, uid: `uid-${name}`, ownerReferences: [owner(object.kind, name)]},
    };
    const stranger = {
      ...object,
      metadata: {
        namespace,
        name: `${name}-s`,
        ownerReferences: [owner('__proto__', 'constructor'), owner('Rollout', '')],
      },
    };
    return [itself, itself, stranger];
  });
  const snapshot = snapshotOf(circle);
  const made = report(snapshot, bundleLocator(snapshot), 0);
  t.notThrows(() => holds(made));
  t.true(made.findings.length > 0);
});

test('labels of the prototype of all objects are no labels', t => {
  const bare = snapshotOf(objects);
  const before = report(bare, bundleLocator(bare), 0).findings.map(f => `${f.id} ${f.subjectCount}`);
  t.is(({} as Record<string, unknown>)['polluted'], undefined);
  const odd = JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": "x", "toString": "y"}') as object;
  const labelled = objects.map(o => ({
    ...o,
    metadata: {...o.metadata, labels: {...odd, ...o.metadata['labels']}},
  }));
  const snapshot = snapshotOf(labelled);
  t.deepEqual(
    report(snapshot, bundleLocator(snapshot), 0).findings.map(f => `${f.id} ${f.subjectCount}`),
    before,
  );
  t.is(({} as Record<string, unknown>)['polluted'], undefined);
});
