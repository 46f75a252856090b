import type {StepOutcome} from '../../probes/checklist.ts';
import type {Probing} from '../../probes/evidence.ts';
import {hasFailed} from '../../probes/types.ts';
import {count, thousands} from '../../text/words.ts';
import {wrap} from '../columns.ts';
import type {Palette} from '../palette.ts';
import type {Finding} from '../report.ts';
import {visible} from '../visible.ts';
import {isOfConnections} from './findings.ts';
import {missText, planLine} from './plan-text.ts';

/** What `net check` tells. */
export interface CheckFacts {
  readonly probing: Probing;
  readonly checklist: readonly StepOutcome[];
  readonly findings: readonly Finding[];
}

/** The checklist of guide 001 in its order, what is wrong with the facts, and one sentence at the end. */
export function checkText(facts: CheckFacts, {palette, width}: {palette: Palette; width: number}): string {
  const {probing, checklist, findings} = facts;
  const lines = [
    palette.dim(`${planLine(probing.plan)}.`),
    '',
    ...checklist.map(step => stepLine(step, palette)),
  ];
  const byImages = probing.results.filter(r => r.way === 'exec').length;
  if (byImages > 0)
    lines.push('', `${count(byImages, 'probe')} of them by programs of the pods’ own images (--exec).`);
  for (const finding of findings) lines.push('', ...findingLines(finding, palette, width));
  const untried = untriedOf(probing);
  if (untried.size > 0) lines.push('', palette.strong('Not tried:'));
  for (const [detail, probes] of untried) lines.push(visible(`  ${count(probes, 'probe')}: ${detail}`));
  lines.push('', palette.strong(`${verdictSentence(facts)}.`));
  return lines.map(line => `${line}\n`).join('');
}

const MARKS = {works: '✓', fails: '✗', 'fails-in-part': '✗', 'not-tried': '–'} as const;

function stepLine({step, state, tried, failed, byDesign}: StepOutcome, palette: Palette): string {
  const paint = state === 'works' ? palette.good : state === 'not-tried' ? palette.dim : palette.error;
  const expected = byDesign > 0 ? `, ${thousands(byDesign)} more as expected` : '';
  const says = {
    works: `works: ${thousands(tried)} tried${expected}`,
    fails: `fails: all of ${thousands(tried)} tried${expected}`,
    'fails-in-part': `fails in part: ${thousands(failed)} of ${thousands(tried)} tried${expected}`,
    'not-tried': `not tried${step.id === 'outbound' ? ': name what by --target' : expected}`,
  }[state];
  return `${paint(MARKS[state])} ${step.title}: ${says}`;
}

function findingLines(
  {id, severity, message, fix, causedBy}: Finding,
  palette: Palette,
  width: number,
): string[] {
  const follows = causedBy.length > 0 ? ' (follows from another)' : '';
  const head = `${palette[severity](`${id} ${severity}`)}${follows}`;
  const [first] = fix;
  return [
    head,
    ...wrap(visible(message), width - 2).map(l => `  ${l}`),
    ...(first === undefined || causedBy.length > 0
      ? []
      : wrap(visible(`→ ${first}`), width - 2).map(l => palette.dim(`  ${l}`))),
  ];
}

/** Probes that came to nothing, by why: no agent, one that went away, one that could not try them. */
function untriedOf({results, losses}: Probing): Map<string, number> {
  const untried = new Map<string, number>();
  const add = (detail: string, probes: number): void => {
    untried.set(detail, (untried.get(detail) ?? 0) + probes);
  };
  for (const {detail, probes} of losses) add(detail, probes);
  for (const result of results)
    if (!result.ok && !hasFailed(result)) add(result.detail ?? result.error ?? 'not tried', 1);
  return untried;
}

/** What it comes to in one sentence, without a full stop. */
export function verdictSentence({probing, findings}: CheckFacts): string {
  const {plan, results} = probing;
  if (plan.probes.length === 0)
    return 'Nothing was tried: no ready node, or none that may be read, has a connection to try';
  const untried = untriedOf(probing);
  if (!results.some(r => r.ok || hasFailed(r))) {
    const [why] = untried.keys();
    return why === undefined ? 'Nothing was tried' : `Nothing was tried: ${visible(why)}`;
  }
  const wrong = findings.filter(f => f.severity !== 'info' && isOfConnections(f));
  const own = new Set(wrong.map(f => f.fingerprint));
  // What a connection shows comes before what it shows of: the sentence says which leg is broken.
  const first = wrong.filter(f => !f.causedBy.some(cause => own.has(cause)));
  const [worst] = first;
  if (worst) {
    const more = first.length > 1 ? `; ${count(first.length - 1, 'other fault')} above` : '';
    return `${visible(worst.message)}${more}`;
  }
  const lost = [...untried.values()].reduce((sum, n) => sum + n, 0);
  if (lost > 0)
    return `Everything that was tried works, but ${thousands(lost)} of ${count(plan.probes.length, 'probe')} could not be`;
  return `Everything that was tried works; ${missText(plan)}`;
}
