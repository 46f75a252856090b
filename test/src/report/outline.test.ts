import test from 'ava';
import * as fc from 'fast-check';
import {outlineOf} from '../../../src/report/outline.ts';
import {anyReport} from '../../helpers/random-report.ts';
import {finding, report, sickReport} from '../../helpers/report.ts';

test('what is as bad as anything is told at length, with all that follows from it', t => {
  const {told, further, stray, heading} = outlineOf(sickReport());
  t.is(heading, 'Root causes of errors');
  t.deepEqual(
    told.map(r => [r.finding.id, ...r.explains.map(f => f.id)]),
    [['NOD001', 'SVC012', 'KBL001'], ['ADV001']],
  );
  t.deepEqual(
    further.map(r => r.finding.id),
    ['SCH010', 'SCH008'],
  );
  t.deepEqual(stray, []);
});

test('a warning that explains an error is told like an error', t => {
  const cause = finding('CRI003', {severity: 'warning'});
  const middle = finding('CRI001', {severity: 'warning', causedBy: [cause.fingerprint]});
  const end = finding('KBL001', {causedBy: [middle.fingerprint]});
  const {told, further} = outlineOf(report([cause, finding('SCH008', {severity: 'warning'}), middle, end]));
  t.deepEqual(
    told.map(r => [r.finding.id, ...r.explains.map(f => f.id)]),
    [['CRI003', 'CRI001', 'KBL001']],
  );
  t.is(further.length, 1);
});

test('a consequence whose cause was left out is not lost', t => {
  const {stray} = outlineOf(report([finding('KBL001', {causedBy: ['0123456789abcdef']})]));
  t.is(stray.length, 1);
});

test('every finding stands somewhere, circles of causes among them', t => {
  fc.assert(
    fc.property(anyReport, random => {
      const {told, further, stray} = outlineOf(random);
      const all = new Set([...told, ...further].flatMap(r => [r.finding, ...r.explains]).concat(stray));
      t.is(all.size, random.findings.length);
    }),
  );
});
