import type {FailOn} from './exit.ts';
import {failsRun} from './exit.ts';
import {factOf, locationsOf, stateOf} from './facts.ts';
import {REASONS} from './gaps.ts';
import {nameOf} from './phrase.ts';
import {count} from '../text/words.ts';
import type {DoctorReport, Finding} from './report.ts';
import {attributes, escapeXml} from './xml.ts';

/** What formats for other tools must know of a check: those without a finding are in no report. */
export interface CheckName {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** How a report becomes test results. */
export interface JunitOptions {
  /** The checks that ran. */
  checks: readonly CheckName[];
  /** Findings of lower severity do not fail their testcases, as they do not fail the run. */
  failOn: FailOn;
}

interface Case {
  name: string;
  result: 'passed' | 'failed' | 'skipped';
  message: string;
  lines: string[];
  type: string;
}

/**
 * Writes JUnit XML that Jenkins, GitLab and GitHub actions read: a testsuite for each check; in it a testcase for the check
 * itself, whose name stays the same from run to run, and one for each subject that failed.
 */
export function renderJunit(report: DoctorReport, options: JunitOptions): string {
  const suites = checksOf(report, options.checks).map(check => suiteOf(report, check, options.failOn));
  const totals = {
    name: `kubectl win ${report.kind === 'LintReport' ? 'lint' : 'doctor'}`,
    tests: sum(suites, () => true),
    failures: sum(suites, c => c.result === 'failed'),
    errors: 0,
    time: seconds(report.timings.collectMs + report.timings.judgeMs),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    ...suites.map(suite => renderSuite(report, suite)),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  check: CheckName;
  cases: Case[];
}

/** The checks that ran, and those that a report from elsewhere names though this program has them not. */
function checksOf(report: DoctorReport, checks: readonly CheckName[]): CheckName[] {
  const byId = new Map(checks.map(c => [c.id, c]));
  for (const {id, name, title} of report.findings) if (!byId.has(id)) byId.set(id, {id, name, title});
  for (const {id} of report.unknown) if (!byId.has(id)) byId.set(id, {id, name: id, title: id});
  return [...byId.values()];
}

function suiteOf(report: DoctorReport, check: CheckName, failOn: FailOn): Suite {
  const findings = report.findings.filter(f => f.id === check.id);
  const subjects = findings.flatMap(f => subjectCases(f, failOn));
  return {check, cases: [checkCase(report, check, findings, failOn), ...subjects]};
}

function checkCase(report: DoctorReport, check: CheckName, findings: Finding[], failOn: FailOn): Case {
  const gaps = report.unknown.filter(g => g.id === check.id);
  const unseen = gaps.map(
    g =>
      `${g.evidence}: ${g.detail} (${REASONS[g.reason]}${g.subjectCount > 0 ? `, ${count(g.subjectCount, 'subject')}` : ''})`,
  );
  const failed = findings.some(f => failsRun(f.severity, failOn));
  const result = failed ? 'failed' : findings.length === 0 && gaps.length > 0 ? 'skipped' : 'passed';
  return {
    name: check.title,
    result,
    type: findings[0]?.severity ?? '',
    message: result === 'skipped' ? unseen.join('; ') : findings.map(f => f.message).join('; '),
    lines: [...findings.flatMap(linesOf), ...(result === 'skipped' ? [] : unseen.map(u => `not seen: ${u}`))],
  };
}

function subjectCases(finding: Finding, failOn: FailOn): Case[] {
  const result = failsRun(finding.severity, failOn) ? 'failed' : 'passed';
  const cases = finding.subjects.map((subject): Case => ({
    name: `${subject.kind} ${nameOf(subject)}`,
    result,
    type: finding.severity,
    message: finding.message,
    lines: linesOf(finding),
  }));
  const more = finding.subjectCount - finding.subjects.length;
  if (more <= 0) return cases;
  const rest = {name: `and ${count(more, 'more subject')}`, result, type: finding.severity} as const;
  return [...cases, {...rest, message: finding.message, lines: []}];
}

function linesOf(finding: Finding): string[] {
  return [
    ...locationsOf(finding).map(place => `at: ${place}`),
    `${stateOf(finding)}: ${finding.message}`,
    ...finding.evidence.map(e => `seen: ${factOf(e)}`),
    ...finding.fix.map(f => `next: ${f}`),
    ...(finding.causedBy.length > 0 ? [`follows from: ${finding.causedBy.join(', ')}`] : []),
  ];
}

function renderSuite(report: DoctorReport, {check, cases}: Suite): string {
  const totals = {
    name: `${check.id} ${check.name}`,
    package: packageOf(check),
    tests: cases.length,
    failures: cases.filter(c => c.result === 'failed').length,
    errors: 0,
    skipped: cases.filter(c => c.result === 'skipped').length,
    time: seconds(0),
    timestamp: report.source.collectedAt,
  };
  const body = cases.map(c => renderCase(check, c));
  return [`  <testsuite${attributes(totals)}>`, ...body, '  </testsuite>'].join('\n');
}

function packageOf(check: CheckName): string {
  return `kubectl-win.${check.id.slice(0, 3)}`;
}

function renderCase(check: CheckName, {name, result, type, message, lines}: Case): string {
  const head = `    <testcase${attributes({name, classname: `${packageOf(check)}.${check.id}`, time: seconds(0)})}`;
  // Line by line: a line break that we make stays one, a stranger's becomes visible.
  const text = escapeLines(lines);
  if (result === 'failed') {
    return `${head}>\n      <failure${attributes({type, message})}>${text}</failure>\n    </testcase>`;
  }
  if (result === 'skipped')
    return `${head}>\n      <skipped>${escapeXml(message)}</skipped>\n    </testcase>`;
  if (lines.length === 0) return `${head}/>`;
  return `${head}>\n      <system-out>${text}</system-out>\n    </testcase>`;
}

function escapeLines(lines: readonly string[]): string {
  return lines.map(escapeXml).join('\n');
}

function sum(suites: readonly Suite[], which: (c: Case) => boolean): number {
  return suites.reduce((n, suite) => n + suite.cases.filter(which).length, 0);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
