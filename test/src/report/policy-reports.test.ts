import {join} from 'node:path';
import test from 'ava';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {buildReport} from '../../../src/report/build.ts';
import {DOCTOR_METRICS, doctorMetrics} from '../../../src/report/doctor-metrics.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import {policyReports, REPORT_APIS} from '../../../src/report/policy-reports.ts';
import type {ReportApi} from '../../../src/report/policy-reports.ts';

const {snapshot} = await loadSnapshotFrom(join(import.meta.dirname, '../../../plugin/sample'));
const run = {version: '0', timings: {collectMs: 0, judgeMs: 0}};
const report = buildReport(snapshot, judge(snapshot, CHECKS), run, bundleLocator(snapshot));
// Two of them.
const [openReports, policyReport] = REPORT_APIS as [ReportApi, ReportApi];
const SECONDS = 1_788_264_000;

test('each namespace has a report of its own subjects, the cluster one of the rest', t => {
  const [cluster, ...own] = policyReports(report, openReports, SECONDS);
  t.is(cluster?.kind, 'ClusterReport');
  t.is(cluster?.source, 'kubectl-win');
  t.deepEqual(
    new Set(own.map(r => r.metadata.namespace)),
    new Set(report.findings.flatMap(f => f.subjects.flatMap(s => s.namespace ?? []))),
  );
  for (const {metadata, results, kind} of own) {
    t.is(kind, 'Report');
    for (const {resources = []} of results)
      for (const {namespace} of resources) t.is(namespace, metadata.namespace);
  }
  for (const {resources = []} of cluster?.results ?? []) for (const r of resources) t.false('namespace' in r);
});

test('every finding is in a report, and every gap, as what it is: failed, warned, not judged, not wanted', t => {
  const results = policyReports(report, openReports, SECONDS).flatMap(r => r.results);
  for (const finding of report.findings) {
    const mine = results.filter(r => r.properties['fingerprint'] === finding.fingerprint);
    t.true(mine.length > 0, finding.id);
    for (const {result, message, timestamp} of mine) {
      t.is(result, finding.severity === 'error' ? 'fail' : 'warn');
      t.is(message, finding.message);
      t.deepEqual(timestamp, {seconds: SECONDS, nanos: 0});
    }
  }
  for (const gap of report.unknown) {
    const {result} = results.find(r => r.policy === gap.id && r.rule === gap.evidence) ?? {};
    t.is(result, /not-requested|unsupported/.test(gap.reason) ? 'skip' : 'error');
  }
});

test('the older API has the same results under its own kinds, and no source of the whole', t => {
  const [a, b] = [openReports, policyReport].map(api => policyReports(report, api, SECONDS));
  t.deepEqual(
    b?.map(r => [r.kind, r.results]),
    a?.map(r => [r.kind.replace(/Report$/, 'PolicyReport'), r.results]),
  );
  t.false(b?.some(r => 'source' in r));
});

test('metrics have a type and a help each, count findings once, and end as OpenMetrics wants it', t => {
  const lines = doctorMetrics(report, SECONDS).split('\n');
  t.deepEqual(lines.slice(-2), ['# EOF', '']);
  for (const name of Object.keys(DOCTOR_METRICS))
    t.is(lines.filter(l => l.startsWith(`# TYPE ${name} gauge`)).length, 1);
  const values = lines.filter(l => l.startsWith('kubectl_win_doctor_findings{'));
  t.is(
    values.reduce((sum, l) => sum + Number(l.split(' ').at(-1)), 0),
    report.findings.length,
  );
  t.is(new Set(values).size, values.length);
  t.true(lines.includes(`kubectl_win_doctor_last_run_timestamp_seconds ${SECONDS}`));
});
