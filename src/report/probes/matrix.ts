import type {Probing} from '../../probes/evidence.ts';
import type {Leg} from '../../probes/types.ts';
import {hasFailed, isAnswered} from '../../probes/types.ts';
import {compareText} from '../../text/compare.ts';
import {count} from '../../text/words.ts';

/** What was tried between two groups of nodes. */
export interface Cell {
  tried: number;
  failed: number;
  /** Milliseconds of the slowest connection that worked, each by its fastest try. */
  ms: number;
}

/** Rows are where connections start, columns where they go, both by the same names. */
export interface Matrix {
  readonly names: readonly string[];
  /** How many nodes each name stands for. */
  readonly sizes: readonly number[];
  readonly cells: readonly (readonly Cell[])[];
}

const LINKS: ReadonlySet<Leg> = new Set(['node-to-pod', 'pod-other-node', 'pod-same-node']);
/** Nodes with failures that are shown by themselves. */
const MOST_SINGLE = 8;

/**
 * Puts what goes from node to node into at most `most` rows and columns. Where there are more nodes, those with the greatest
 * share of failures stand alone, and the rest by `groupOf` (operating system and zone).
 */
export function matrixOf({plan, results}: Probing, most: number, groupOf: (node: string) => string): Matrix {
  const byProbe = new Map(results.map(r => [r.probe, r]));
  const links = plan.probes.flatMap(({id, leg, from, to}) => {
    const result = byProbe.get(id);
    if (!LINKS.has(leg) || to.node === undefined || !result || (!result.ok && !hasFailed(result))) return [];
    return [{from: from.node, to: to.node, failed: !result.ok && !isAnswered(result), ms: result.ms ?? 0}];
  });
  const nodes = [...new Set(links.flatMap(l => [l.from, l.to]))].sort(compareText);
  const nameOf =
    nodes.length <= most ? (node: string): string => node : grouping(nodes, links, most, groupOf);
  const names = [...new Set(nodes.map(nameOf))];
  const index = new Map(names.map((name, i) => [name, i]));
  const cells = names.map(() => names.map(() => ({tried: 0, failed: 0, ms: 0})));
  for (const {from, to, failed, ms} of links) {
    const cell = cells[index.get(nameOf(from)) ?? 0]?.[index.get(nameOf(to)) ?? 0];
    if (!cell) continue;
    cell.tried++;
    if (failed) cell.failed++;
    else cell.ms = Math.max(cell.ms, ms);
  }
  const sizes = names.map(name => nodes.filter(node => nameOf(node) === name).length);
  return {names, sizes, cells};
}

function grouping(
  nodes: readonly string[],
  links: readonly {from: string; to: string; failed: boolean}[],
  most: number,
  groupOf: (node: string) => string,
): (node: string) => string {
  const failed = new Map<string, number>();
  for (const link of links) {
    if (!link.failed) continue;
    for (const node of [link.from, link.to]) failed.set(node, (failed.get(node) ?? 0) + 1);
  }
  const worst = [...failed].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  const groups = new Set(nodes.map(groupOf));
  // Too many groups are one.
  const isFew = groups.size <= most - 1;
  const room = Math.min(MOST_SINGLE, Math.max(0, most - (isFew ? groups.size : 1)));
  const alone = new Set(worst.slice(0, room).map(([node]) => node));
  return node => (alone.has(node) ? node : isFew ? groupOf(node) : 'other nodes');
}

/** A cell in words. */
export function cellText({tried, failed, ms}: Cell): string {
  if (tried === 0) return 'not tried';
  const slow = failed < tried && ms > 0 ? `, ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : '';
  return failed === 0
    ? `${count(tried, 'connection')} worked${slow}`
    : `${failed} of ${count(tried, 'connection')} failed${slow}`;
}
