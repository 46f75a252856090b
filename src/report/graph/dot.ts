import type {HnsGraph, Step} from '../../hns-graph/graph.ts';
import {headingOf} from '../../hns-graph/graph.ts';
import {visible} from '../visible.ts';

/** Draws graphs in Graphviz' language (https://graphviz.org/doc/info/lang.html), a cluster for each node. */
export function renderDot(graphs: readonly HnsGraph[]): string {
  const lines = [
    'digraph hns {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=10];',
  ];
  for (const [at, graph] of graphs.entries()) {
    lines.push(`  subgraph cluster_${at} {`, `    label=${quote(visible(headingOf(graph)))};`);
    const ids = new Map(graph.steps.map((step, i) => [step.id, `n${at}s${i}`]));
    const id = (step: string): string => ids.get(step) ?? '';
    for (const step of graph.steps) {
      const style = step.absent ? ', style=dashed, color="#c62828", fontcolor="#c62828"' : '';
      lines.push(`    ${id(step.id)} [label=${quote(labelOf(step))}${style}];`);
    }
    for (const {from, to, fault} of graph.links) {
      const style =
        fault === undefined
          ? ''
          : ` [label=${quote(visible(fault))}, style=dashed, color="#c62828", fontcolor="#c62828"]`;
      lines.push(`    ${id(from)} -> ${id(to)}${style};`);
    }
    lines.push('  }');
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function labelOf({kind, title, detail, absent}: Step): string {
  const second = [absent ? `no ${kind}` : kind, detail].filter(Boolean).join(', ');
  return `${visible(title)}\n${visible(second)}`;
}

/** Text between quotes; a line break becomes Graphviz' own, and no other escape of its is left. */
function quote(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\r?\n|\r/g, '\\n')}"`;
}
