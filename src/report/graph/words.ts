import type {HnsGraph, Step} from '../../hns-graph/graph.ts';
import {faultsOf, leftOutOf} from '../../hns-graph/graph.ts';
import type {Palette} from '../palette.ts';
import {visible} from '../visible.ts';

/** Draws graphs as indented text, each way from left to right, with faults where they are. */
export function renderWords(graphs: readonly HnsGraph[], palette: Palette): string {
  return graphs.map(graph => `${ofNode(graph, palette).join('\n')}\n`).join('\n');
}

function ofNode(graph: HnsGraph, palette: Palette): string[] {
  const {node, unknown, steps, links} = graph;
  const rest = leftOutOf(graph);
  const faults = faultsOf(graph);
  const verdict =
    unknown ?? (steps.length === 0 ? 'nothing of it is here' : faults.length === 0 ? 'in order' : 'broken');
  const lines = [`${palette.strong(visible(node))}: ${visible(verdict)}`];
  const targets = new Set(links.map(l => l.to));
  for (const step of steps) {
    if (!targets.has(step.id)) lines.push(...way(graph, step, {palette, depth: 1, above: new Set()}));
  }
  if (rest !== '') lines.push(palette.dim(`  and ${rest}`));
  return lines;
}

interface Place {
  palette: Palette;
  depth: number;
  above: ReadonlySet<string>;
}

/** A step with all that it leads to; where it leads to one thing only, that stands on the same line. */
function way(graph: HnsGraph, first: Step, {palette, depth, above}: Place): string[] {
  const seen = new Set([...above, first.id]);
  let line = `${'  '.repeat(depth)}${boxOf(first, palette)}`;
  let step = first;
  for (;;) {
    const links = graph.links.filter(l => l.from === step.id && !seen.has(l.to));
    const [only] = links;
    const next = only && graph.steps.find(s => s.id === only.to);
    if (links.length !== 1 || !only || !next || only.fault !== undefined || step.kind === 'Service') {
      return [line, ...links.flatMap(link => branch(graph, link, {palette, depth: depth + 1, above: seen}))];
    }
    line += ` → ${boxOf(next, palette)}`;
    seen.add(next.id);
    step = next;
  }
}

function branch(graph: HnsGraph, {to, fault}: HnsGraph['links'][number], place: Place): string[] {
  const step = graph.steps.find(s => s.id === to);
  if (!step) return [];
  const lines = way(graph, step, place);
  if (fault === undefined) return lines;
  const {palette, depth} = place;
  return [`${'  '.repeat(depth)}${palette.error('✗')} ${palette.error(visible(fault))}`, ...lines];
}

function boxOf({kind, title, detail, absent}: Step, palette: Palette): string {
  const text = `${absent ? 'no ' : ''}${kind}${absent && title === 'none' ? '' : ` ${visible(title)}`}${detail ? ` (${visible(detail)})` : ''}`;
  return absent ? palette.error(text) : text;
}
