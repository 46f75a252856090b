import {attachCauses} from '../causes/attach.ts';
import type {Check, Fail, Severity} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {compareText} from '../text/compare.ts';
import type {DoctorReport, Finding} from './report.ts';
import type {FindingGroup} from './group.ts';
import {groupFails, groupOf} from './group.ts';
import type {Locate} from './locate.ts';

const SEVERITY_ORDER: Record<Severity, number> = {error: 0, warning: 1, info: 2};

/** Of the fails that make one finding, those that a user wants to see (`--ignore`, `--baseline`); none: no finding. */
export type Sieve = (check: Check, cause: string, fails: Fail[]) => Fail[];

/** What a report says of the run itself. */
export interface RunFacts {
  version: string;
  timings: {collectMs: number; judgeMs: number};
  /** Applied one after the other, after causes were attached: a consequence stays one though its cause is left out. */
  sieves?: readonly Sieve[];
}

/** Groups what the checks said into findings, attaches causes, sorts: root causes, then severity, then how many subjects. */
export function buildReport(
  snapshot: Snapshot,
  judgement: Judgement,
  run: RunFacts,
  locate: Locate,
): DoctorReport {
  const groups = groupFails(judgement, locate);
  const causes = new Map(attachCauses(groups).map(f => [f.fingerprint, f.causedBy]));
  const findings = groups
    .flatMap(group => sift(group, run.sieves ?? [], locate))
    .map(finding => ({...finding, causedBy: causes.get(finding.fingerprint) ?? []}))
    .sort(compareFindings);
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

function sift(group: FindingGroup, sieves: readonly Sieve[], locate: Locate): Finding[] {
  const kept = sieves.reduce((fails, sieve) => sieve(group.check, group.cause, fails), group.fails);
  if (kept.length === 0) return [];
  if (kept.length === group.fails.length) return [group.finding];
  return [groupOf(group.check, group.cause, kept, locate).finding];
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
    compareText(a.id, b.id) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
