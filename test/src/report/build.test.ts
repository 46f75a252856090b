import test from 'ava';
import {fingerprintOf} from '../../../src/report/group.ts';
import {healthy} from '../../helpers/cluster.ts';
import {nodeCheck, reportOf, withWindowsNodes} from '../../helpers/judged.ts';

test('one cause on two nodes is one finding, which says how many', t => {
  const [finding, ...others] = reportOf(healthy(), [nodeCheck('NOD001')]).findings;
  t.is(others.length, 0);
  t.is(finding?.message, 'node win-1 is not right; the same on 1 more Node');
  t.deepEqual(
    finding?.subjects.map(s => s.name),
    ['win-1', 'win-2'],
  );
  t.is(finding?.fingerprint, fingerprintOf('NOD001', 'always'));
});

test('a message that names nobody is said once', t => {
  const [finding] = reportOf(healthy(), [nodeCheck('NOD001', {message: 'the clock is wrong'})]).findings;
  t.is(finding?.message, 'the clock is wrong (2 Nodes)');
});

test('a check sums up its own many', t => {
  const check = nodeCheck('NOD001', {}, (fails, n) => `KB5040437 on ${n} nodes, ${fails.length} facts`);
  t.is(reportOf(withWindowsNodes(214), [check]).findings[0]?.message, 'KB5040437 on 214 nodes, 214 facts');
  const one = reportOf(healthy().remove('Node', 'win-2'), [check]).findings[0];
  t.is(one?.message, 'node win-1 is not right', 'one subject speaks for itself');
});

test('at most 50 subjects and 8 facts are listed, all are counted', t => {
  const [finding] = reportOf(withWindowsNodes(120), [nodeCheck('NOD001')]).findings;
  t.is(finding?.subjects.length, 50);
  t.is(finding?.subjectCount, 120);
  t.is(finding?.evidence.length, 8);
});

test('a gap of many subjects lists 50 and counts all', t => {
  const check = nodeCheck('NOD001');
  const unsure = {
    ...check,
    *run() {
      for (let i = 0; i < 77; i++) {
        const subject = {kind: 'Node', name: `n${i}`};
        yield {
          status: 'unknown',
          subject,
          evidence: 'node.hns',
          reason: 'timeout',
          detail: 'no answer',
        } as const;
      }
    },
  };
  const [gap] = reportOf(healthy(), [unsure]).unknown;
  t.is(gap?.subjects.length, 50);
  t.is(gap?.subjectCount, 77);
});

test('a value of megabytes is cut', t => {
  const object = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'win-1'}};
  const seen = (value: unknown): unknown => {
    const check = nodeCheck('NOD001', {evidence: [{object, pointer: '/metadata/annotations', value}]});
    return reportOf(healthy(), [check]).findings[0]?.evidence[0]?.value;
  };
  t.is(seen('x'.repeat(5_000_000)), `${'x'.repeat(4096)}…`);
  t.is(seen({big: 'x'.repeat(5_000_000)}), `{"big":"${'x'.repeat(4088)}…`);
  t.deepEqual(seen({small: 'x'}), {small: 'x'});
});

test('what may heal by itself is shown one severity lower', t => {
  const [finding] = reportOf(healthy(), [
    nodeCheck('NOD001', {severity: 'error', state: 'suspected'}),
  ]).findings;
  t.is(finding?.severity, 'warning');
  t.is(finding?.state, 'suspected');
});

test('root causes come first, then the worse, then the wider', t => {
  const report = reportOf(healthy(), [
    nodeCheck('NOD005', {severity: 'error'}),
    nodeCheck('NOD002', {severity: 'info'}),
    nodeCheck('NOD001'),
    nodeCheck('NOD003', {severity: 'warning', subjectOf: () => ({kind: 'Cluster', name: 'all'})}),
  ]);
  t.deepEqual(
    report.findings.map(f => f.id),
    ['NOD001', 'NOD003', 'NOD002', 'NOD005'],
    'NOD005 follows from NOD001',
  );
  t.deepEqual(report.findings[3]?.causedBy, [fingerprintOf('NOD001', 'always')]);
  t.is(report.summary.rootCauses, 3);
});

test('the order of objects does not change a report', t => {
  const checks = [nodeCheck('NOD001'), nodeCheck('NOD002', {severity: 'info'})];
  const cluster = withWindowsNodes(9);
  const turned = withWindowsNodes(1);
  turned.removeAll('Node').add(...cluster.objects.filter(o => o.kind === 'Node').reverse());
  t.deepEqual(reportOf(turned, checks), reportOf(cluster, checks));
});

test('a check that throws is a problem and a gap, and costs nobody else', t => {
  const broken = {
    ...nodeCheck('NOD002'),
    run() {
      throw new TypeError('no such thing');
    },
  };
  const report = reportOf(healthy(), [broken, nodeCheck('NOD001')]);
  t.is(report.findings.length, 1);
  t.regex(report.problems[0]?.detail ?? '', /no such thing/);
  t.is(report.unknown[0]?.id, 'NOD002');
});
