import type {Probing} from '../../probes/evidence.ts';
import type {ProbeResult} from '../../probes/types.ts';
import {hasFailed} from '../../probes/types.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {compareText} from '../../text/compare.ts';
import {count, thousands} from '../../text/words.ts';
import {REASONS} from '../gaps.ts';
import {escapeXml} from '../xml.ts';
import {withCode} from './finding.ts';

/** Nodes that have a row of their own; the others are one. */
const MAX_ROWS = 50;

/** What came of the connections of one kind that start on one node. */
interface Cell {
  ok: number;
  failed: number;
  untried: number;
}

/** Which connections work from where: nodes by kinds of connections; where none were tried, what it takes. */
export function connectionsPart(probes: Evidence<Probing>): string {
  if (!probes.ok) {
    const why = probes.detail.replace(/^no connection was tried: /, '');
    return `<p>No connections were tried (${REASONS[probes.reason]}): ${withCode(why)}</p><p class="size">It takes node agents (<code>kubectl win agent install</code>), which try connections from nodes and pods. <code>kubectl win net plan</code> shows what would be tried; without them this page shows what HNS has, not what gets through.</p>`;
  }
  const {plan, results, losses} = probes.value;
  const told = new Map(results.map(r => [r.probe, r]));
  const legs = [...new Set(plan.probes.map(p => p.leg))];
  const nodes = new Map<string, Map<string, Cell>>();
  for (const {id, leg, from} of plan.probes) {
    const row = nodes.get(from.node) ?? new Map<string, Cell>();
    const cell = row.get(leg) ?? {ok: 0, failed: 0, untried: 0};
    cell[outcomeOf(told.get(id))]++;
    row.set(leg, cell);
    nodes.set(from.node, row);
  }
  const rows = [...nodes].map(([node, row]) => ({node, row, failed: sum(row, 'failed')}));
  const bad = rows
    .filter(r => r.failed > 0)
    .sort((a, b) => b.failed - a.failed || compareText(a.node, b.node));
  const shown = bad.slice(0, MAX_ROWS);
  const rest = rows.filter(r => !shown.includes(r));
  const head = legs.map(leg => `<th scope="col">${escapeXml(leg)}</th>`).join('');
  const restName =
    shown.length === 0 ? `all ${count(rest.length, 'node')}` : count(rest.length, 'other node');
  const body = [
    ...shown.map(({node, row}) => rowPart(node, row, legs)),
    ...(rest.length > 0 ? [rowPart(restName, joined(rest.map(r => r.row)), legs)] : []),
  ];
  const lost = losses.reduce((n, loss) => n + loss.probes, 0);
  const words = [
    `${count(plan.probes.length, 'connection')} planned, ${thousands(results.length)} answered for`,
    ...(lost > 0 ? [`${thousands(lost)} lost with their agents`] : []),
    ...(bad.length > shown.length
      ? [`${count(bad.length - shown.length, 'more node')} with failures in the last row`]
      : []),
  ];
  return `<p class="size">${escapeXml(words.join('; '))}</p><div class="wide" tabindex="0" role="region" aria-label="Connections"><table class="matrix"><thead><tr><th scope="col">From</th>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function outcomeOf(result: ProbeResult | undefined): keyof Cell {
  if (!result) return 'untried';
  if (result.ok) return 'ok';
  return hasFailed(result) ? 'failed' : 'untried';
}

function sum(row: ReadonlyMap<string, Cell>, what: keyof Cell): number {
  return [...row.values()].reduce((n, cell) => n + cell[what], 0);
}

function joined(rows: readonly ReadonlyMap<string, Cell>[]): Map<string, Cell> {
  const all = new Map<string, Cell>();
  for (const row of rows) {
    for (const [leg, {ok, failed, untried}] of row) {
      const known = all.get(leg) ?? {ok: 0, failed: 0, untried: 0};
      all.set(leg, {ok: known.ok + ok, failed: known.failed + failed, untried: known.untried + untried});
    }
  }
  return all;
}

function rowPart(name: string, row: ReadonlyMap<string, Cell>, legs: readonly string[]): string {
  const cells = legs.map(leg => cellPart(row.get(leg)));
  return `<tr data-row="way"><th scope="row">${escapeXml(name)}</th>${cells.join('')}</tr>`;
}

function cellPart(cell: Cell | undefined): string {
  if (!cell) return '<td></td>';
  const {ok, failed, untried} = cell;
  const tried = ok + failed;
  const rest = untried > 0 ? ` <span class="size">${thousands(untried)} not tried</span>` : '';
  if (failed > 0)
    return `<td class="tone error"><strong>✗ ${thousands(failed)}</strong> of ${thousands(tried)}${rest}</td>`;
  return `<td class="tone good">${ok > 0 ? `✓ ${thousands(ok)}` : ''}${rest}</td>`;
}
