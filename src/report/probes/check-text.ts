import type {StepOutcome} from '../../probes/checklist.ts';
import type {Probing} from '../../probes/evidence.ts';
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
  for (const finding of findings) lines.push('', ...findingLines(finding, palette, width));
  const losses = Map.groupBy(probing.losses, l => l.detail);
  if (losses.size > 0) lines.push('', palette.strong('Not tried:'));
  for (const [detail, same] of losses) {
    const probes = same.reduce((sum, l) => sum + l.probes, 0);
    lines.push(visible(`  ${count(probes, 'probe')}: ${detail}`));
  }
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

/** What it comes to in one sentence, without a full stop. */
export function verdictSentence({probing, findings}: CheckFacts): string {
  const {plan, results, losses} = probing;
  if (results.length === 0) {
    const [loss] = losses;
    return loss ? `Nothing was tried: ${visible(loss.detail)}` : 'Nothing was tried';
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
  const lost = losses.reduce((sum, l) => sum + l.probes, 0);
  const but = lost > 0 ? `, but ${count(lost, 'probe')} had no answer` : '';
  return `Everything that was tried works${but}; ${missText(plan)}`;
}
