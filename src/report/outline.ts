import type {Severity} from '../checks/define.ts';
import {NOUNS} from './phrase.ts';
import {plural} from '../text/words.ts';
import type {DoctorReport, Finding} from './report.ts';

/** A root cause and what follows from it, directly or by way of others. */
export interface Root {
  finding: Finding;
  explains: Finding[];
}

/** A report in the order in which one reads it. */
export interface Outline {
  /** Root causes that are told at length: they, or what they explain, are as bad as anything in the report. */
  told: Root[];
  /** What stands over them: `Root causes of errors`. */
  heading: string;
  /** The other root causes. */
  further: Root[];
  /** Consequences of faults that were left out (`--ignore`, `--baseline`). */
  stray: Finding[];
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Arranges the findings of a report. Every finding is in it at least once. */
export function outlineOf(report: DoctorReport): Outline {
  const effects = effectsOf(report.findings);
  const roots = report.findings
    .filter(f => f.causedBy.length === 0)
    .map(finding => ({finding, explains: follow(finding, effects)}));
  const reached = new Set(roots.flatMap(r => [r.finding, ...r.explains]));
  const worst = ORDER.find(s => roots.some(r => worstOf(r) === s)) ?? 'info';
  const further = roots.filter(r => worstOf(r) !== worst);
  return {
    told: roots.filter(r => worstOf(r) === worst),
    heading: further.length === 0 ? 'Root causes' : `Root causes of ${plural(NOUNS[worst])}`,
    further,
    stray: report.findings.filter(f => !reached.has(f)),
  };
}

function effectsOf(findings: readonly Finding[]): Map<string, Finding[]> {
  const effects = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const cause of finding.causedBy) {
      const known = effects.get(cause);
      if (known) known.push(finding);
      else effects.set(cause, [finding]);
    }
  }
  return effects;
}

function follow(root: Finding, effects: ReadonlyMap<string, Finding[]>): Finding[] {
  const seen = new Set([root]);
  const queue = [root];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const effect of effects.get(next.fingerprint) ?? []) {
      if (seen.has(effect)) continue;
      seen.add(effect);
      queue.push(effect);
    }
  }
  seen.delete(root);
  return [...seen];
}

function worstOf({finding, explains}: Root): Severity {
  return ORDER.find(s => finding.severity === s || explains.some(f => f.severity === s)) ?? 'info';
}
