import {attachCauses} from '../causes/attach.ts';
import type {Severity} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import type {DoctorReport, Finding} from './report.ts';
import {groupFails} from './group.ts';
import type {Locate} from './locate.ts';

const SEVERITY_ORDER: Record<Severity, number> = {error: 0, warning: 1, info: 2};

/** What a report says of the run itself. */
export interface RunFacts {
  version: string;
  timings: {collectMs: number; judgeMs: number};
}

/** Groups what the checks said into findings, attaches causes, sorts: root causes, then severity, then how many subjects. */
export function buildReport(
  snapshot: Snapshot,
  judgement: Judgement,
  run: RunFacts,
  locate: Locate,
): DoctorReport {
  const groups = groupFails(judgement, locate);
  const findings = attachCauses(groups).sort(compareFindings);
  return {
    apiVersion: 'kubectl-win/v1',
    kind: snapshot.source.kind === 'files' ? 'LintReport' : 'DoctorReport',
    tool: {version: run.version},
    source: snapshot.source,
    summary: summarize(snapshot, judgement, findings),
    findings,
    unknown: judgement.gaps,
    problems: judgement.problems,
    timings: run.timings,
  };
}

/** Counts findings by severity. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = {error: 0, warning: 0, info: 0};
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

function summarize(
  snapshot: Snapshot,
  judgement: Judgement,
  findings: readonly Finding[],
): DoctorReport['summary'] {
  const nodes = evidenceOf(snapshot, 'nodes');
  const os = (name: string): number =>
    nodes.ok ? nodes.value.filter(n => n.status.nodeInfo?.operatingSystem === name).length : 0;
  return {
    nodes: {windows: os('windows'), linux: os('linux')},
    outcomes: judgement.counts,
    findings: countFindings(findings),
    rootCauses: findings.filter(f => f.causedBy.length === 0).length,
  };
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    Math.min(a.causedBy.length, 1) - Math.min(b.causedBy.length, 1) ||
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    b.subjectCount - a.subjectCount ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}
