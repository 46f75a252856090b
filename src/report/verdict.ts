import type {Severity} from '../checks/define.ts';
import {NOUNS} from './phrase.ts';
import {count, list, thousands} from '../text/words.ts';
import type {DoctorReport} from './report.ts';
import {visible} from './visible.ts';

/** What a report comes to. */
export interface Verdict {
  /** `good` only where something was judged and nothing is wrong; `dim` where nothing was. */
  tone: Severity | 'good' | 'dim';
  /** What was found, without a full stop. */
  text: string;
  /** How much was judged, without a full stop. */
  judged: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Says in one line what a report comes to. */
export function verdictOf(report: DoctorReport): Verdict {
  const {outcomes} = report.summary;
  if (report.findings.length > 0) return faults(report);
  if (nothingToDiagnose(report)) {
    const text =
      report.kind === 'LintReport'
        ? `Nothing to judge: no Windows workload ${placeOf(report)}`
        : 'Nothing to diagnose: no Windows nodes and no Windows workloads';
    return {tone: 'dim', text, judged: ''};
  }
  if (outcomes.pass + outcomes.fail === 0) {
    return {tone: 'dim', text: 'Nothing could be judged', judged: lacking(outcomes.unknown)};
  }
  const gaps = outcomes.unknown > 0 ? `, but ${lacking(outcomes.unknown)}` : '';
  const passed = `${count(outcomes.pass, 'case')} passed`;
  return {tone: 'good', text: `Nothing wrong found ${placeOf(report)}`, judged: `${passed}${gaps}`};
}

/** Whether there is nothing of Windows in sight, and this is sure. */
export function nothingToDiagnose({kind, summary, findings, unknown}: DoctorReport): boolean {
  if (findings.length > 0 || summary.nodes.windows > 0) return false;
  if (kind === 'LintReport') return summary.outcomes.pass + summary.outcomes.unknown === 0;
  // Where nodes or pods were not seen whole, Windows may still be there. Node state nobody asked for says nothing.
  return !unknown.some(g => g.evidence === 'nodes' || g.evidence === 'pods' || g.evidence === 'workloads');
}

function faults(report: DoctorReport): Verdict {
  const {findings, outcomes, rootCauses} = report.summary;
  const tone = SEVERITIES.find(s => findings[s] > 0) ?? 'info';
  const parts = list(SEVERITIES.filter(s => findings[s] > 0).map(s => count(findings[s], NOUNS[s])));
  const clear = tone === 'info' ? 'No errors or warnings; ' : tone === 'warning' ? 'No errors; ' : '';
  const all = report.findings.length;
  const roots = rootCauses === all || rootCauses === 0 ? '' : ` from ${count(rootCauses, 'root cause')}`;
  const judged = `${count(outcomes.pass + outcomes.fail, 'case')} judged`;
  const gaps = outcomes.unknown > 0 ? `, ${thousands(outcomes.unknown)} could not be` : '';
  return {tone, text: `${clear}${parts}${roots} ${placeOf(report)}`, judged: `${judged}${gaps}`};
}

/** A verdict as one sentence, without a full stop. */
export function sentenceOf({text, judged}: Verdict): string {
  return judged === '' ? text : `${text}; ${judged}`;
}

function lacking(unknown: number): string {
  return unknown === 1 ? '1 lacked its evidence' : `${thousands(unknown)} lacked their evidence`;
}

function placeOf({kind, source, summary}: DoctorReport): string {
  if (kind === 'LintReport') return `in ${visible(source.name)}`;
  const {windows, linux} = summary.nodes;
  if (windows === 0 && linux === 0) return 'in this cluster';
  if (linux === 0) return `on ${count(windows, 'Windows node')}`;
  return `on ${thousands(windows)} Windows and ${count(linux, 'Linux node')}`;
}

/** Where the evidence came from and when: `cluster prod-eu, 2026-09-01T12:00:00Z`. */
export function sourceLine({source}: DoctorReport): string {
  return `${visible(source.kind)} ${visible(source.name)}, ${visible(source.collectedAt)}`;
}
