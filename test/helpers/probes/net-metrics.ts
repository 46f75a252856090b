import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {buildReport} from '../../../src/report/build.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import {openMetricsOf} from '../../../src/report/probes/open-metrics.ts';
import type {Finding} from '../../../src/report/report.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';

/** Findings of connections that were tried. */
export function netFindings(snapshot: Snapshot): readonly Finding[] {
  const checks = CHECKS.filter(c => /^(?:NET|DNS)/.test(c.id));
  const run = {version: '0.1.0', timings: {collectMs: 1, judgeMs: 2}};
  return buildReport(snapshot, judge(snapshot, checks), run, bundleLocator(snapshot)).findings;
}

/** What a scheduled run would write of it, line by line. */
export function netMetrics(snapshot: Snapshot): string[] {
  const probes = evidenceOf(snapshot, 'probes');
  if (!probes.ok) throw new Error(probes.detail);
  const facts = {
    at: 1_788_264_000,
    probing: probes.value,
    findings: netFindings(snapshot),
    expected: new Set<string>(),
  };
  return openMetricsOf(facts).split('\n');
}

/** Its samples. */
export function samplesOf(lines: readonly string[]): string[] {
  return lines.filter(line => line !== '' && !line.startsWith('#'));
}
