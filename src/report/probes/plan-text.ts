import {LEG_WORDS} from '../../probes/legs.ts';
import {connectionsOf} from '../../probes/plan.ts';
import {reachFor} from '../../probes/sample.ts';
import type {Leg, ProbePlan} from '../../probes/types.ts';
import {count, thousands} from '../../text/words.ts';
import {padTo} from '../columns.ts';
import {visible} from '../visible.ts';

/** How sure a user may want to be: what it takes is told where the plan is less sure. */
const USUAL_COVERAGE = 0.95;

/** One line to know before anything is tried: how many probes, and what they may miss. */
export function planLine(plan: ProbePlan): string {
  const {probes, nodes} = plan;
  return `${count(probes.length, 'probe')} (${count(connectionsOf(plan), 'connection')}) among ${count(nodes, 'node')}; ${missText(plan)}`;
}

/** The chance to miss one broken link, in words. */
export function missText({nodes, chanceToMiss}: ProbePlan): string {
  if (nodes < 2) return 'there are no links between nodes';
  if (chanceToMiss === 0) return 'every link between nodes is tried, in both directions';
  return `a single broken link between two nodes, in one direction, is missed with a chance of ${percent(chanceToMiss)}`;
}

/** `7 %`, `0.4 %`: never none where there is some, nor all. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 99 && value < 100) return 'over 99 %';
  if (value > 0 && value < 0.1) return 'under 0.1 %';
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} %`;
}

/** What would be tried from where, how much of it, and what cannot be. */
export function planText(plan: ProbePlan): string {
  const {probes, gaps, nodes, chanceToMiss} = plan;
  const lines = [`${planLine(plan)}.`];
  if (chanceToMiss > 1 - USUAL_COVERAGE && nodes > 1) {
    const {all, own} = reachFor(nodes, USUAL_COVERAGE);
    lines.push(
      `--coverage ${USUAL_COVERAGE} would try ${count(Math.min(all + own, nodes - 1), 'link')} of each node; a failing node is found either way.`,
    );
  }
  lines.push('', ...legTable(plan));
  if (probes.length === 0) lines.push('Nothing can be tried.');
  const byDetail = Map.groupBy(gaps, g => g.detail);
  if (byDetail.size > 0) lines.push('', 'Not tried:');
  for (const [detail, same] of byDetail) {
    const names = [...new Set(same.flatMap(g => g.node ?? []))];
    const where = names.length === 0 ? '' : ` (${some(names)})`;
    lines.push(visible(`  ${detail}${where}`));
  }
  return lines.map(line => `${line}\n`).join('');
}

const SHOWN_NAMES = 3;

function some(names: readonly string[]): string {
  const more = names.length - SHOWN_NAMES;
  const shown = names.slice(0, SHOWN_NAMES).join(', ');
  return more > 0 ? `${shown} and ${thousands(more)} more` : shown;
}

function legTable({probes}: ProbePlan): string[] {
  const byLeg = Map.groupBy(probes, p => p.leg);
  const rows = legs().flatMap(leg => {
    const own = byLeg.get(leg);
    if (!own) return [];
    const windows = own.filter(p => p.from.os === 'windows').length;
    return [[LEG_WORDS[leg], thousands(windows), thousands(own.length - windows)]];
  });
  const table = [['PROBE', 'FROM WINDOWS', 'FROM LINUX'], ...rows];
  const widths = [0, 1, 2].map(i => Math.max(...table.map(row => row[i]?.length ?? 0)));
  if (rows.length === 0) return [];
  return table.map(([what = '', ...figures]) =>
    [padTo(what, widths[0] ?? 0), ...figures.map((f, i) => f.padStart(widths[i + 1] ?? 0))].join('   '),
  );
}

function legs(): Leg[] {
  // The table has every leg, in the order in which it is shown.
  return Object.keys(LEG_WORDS) as Leg[];
}
