import test from 'ava';
import {comparing, parseBaseline} from '../../../src/report/baseline.ts';
import type {Baseline} from '../../../src/report/baseline.ts';
import {renderJson} from '../../../src/report/json.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {healthy} from '../../helpers/cluster.ts';
import {nodeCheck, reportOf, withWindowsNodes} from '../../helpers/judged.ts';

const baselineOf = (report: DoctorReport): Baseline => {
  const file = parseBaseline(renderJson(report));
  if (!file.ok) throw new Error(file.message);
  return file.baseline;
};

test('the same again is nothing new', t => {
  const checks = [nodeCheck('NOD001'), nodeCheck('NOD002')];
  const compared = comparing(baselineOf(reportOf(healthy(), checks)));
  t.deepEqual(reportOf(healthy(), checks, [compared.sieve]).findings, []);
  t.deepEqual(compared.notes(), ['2 known from the baseline, not shown']);
});

test('a new fault is shown, a known one is not', t => {
  const compared = comparing(baselineOf(reportOf(healthy(), [nodeCheck('NOD001')])));
  const report = reportOf(healthy(), [nodeCheck('NOD001'), nodeCheck('NOD002')], [compared.sieve]);
  t.deepEqual(
    report.findings.map(f => f.id),
    ['NOD002'],
  );
});

test('a known fault on a new node shows the new node alone', t => {
  const compared = comparing(baselineOf(reportOf(healthy(), [nodeCheck('NOD001')])));
  const [finding] = reportOf(withWindowsNodes(3), [nodeCheck('NOD001')], [compared.sieve]).findings;
  t.deepEqual(finding?.subjects, [{kind: 'Node', name: 'win-003'}]);
  t.is(finding?.subjectCount, 1);
});

test('a baseline that names only a part tells growth, and says so', t => {
  const baseline = baselineOf(reportOf(withWindowsNodes(60), [nodeCheck('NOD001')]));
  const same = comparing(baseline);
  t.deepEqual(reportOf(withWindowsNodes(60), [nodeCheck('NOD001')], [same.sieve]).findings, []);
  const grown = comparing(baseline);
  t.is(reportOf(withWindowsNodes(61), [nodeCheck('NOD001')], [grown.sieve]).findings[0]?.subjectCount, 61);
  t.regex(grown.notes()[0] ?? '', /61 subjects, 60 in the baseline, which names 50/);
});

for (const [name, text] of Object.entries({
  'no JSON': 'kind: DoctorReport',
  'another kind': '{"kind": "NodeList", "apiVersion": "kubectl-win/v1", "findings": []}',
  'no object': 'null',
  'no subjects':
    '{"kind": "DoctorReport", "apiVersion": "kubectl-win/v1", "findings": [{"fingerprint": "x"}]}',
})) {
  test(`a baseline that is ${name} is refused in one line`, t => {
    const file = parseBaseline(text);
    t.false(file.ok);
    t.regex(file.ok ? '' : file.message, /^the baseline [^\n]+$/);
  });
}
