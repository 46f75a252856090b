import type {HnsGraph, Step} from '../../hns-graph/graph.ts';
import {headingOf} from '../../hns-graph/graph.ts';

/** Draws graphs as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), a subgraph for each node. */
export function renderMermaid(graphs: readonly HnsGraph[]): string {
  const lines = ['flowchart LR'];
  let links = 0;
  const broken: number[] = [];
  for (const [at, graph] of graphs.entries()) {
    const ids = new Map(graph.steps.map((step, i) => [step.id, `n${at}s${i}`]));
    const id = (step: string): string => ids.get(step) ?? '';
    lines.push(`  subgraph n${at}["${escape(headingOf(graph))}"]`);
    for (const step of graph.steps) lines.push(`    ${id(step.id)}${boxOf(step)}`);
    for (const {from, to, fault} of graph.links) {
      const arrow = fault === undefined ? '-->' : `-. "${escape(fault)}" .->`;
      lines.push(`    ${id(from)} ${arrow} ${id(to)}`);
      if (fault !== undefined) broken.push(links);
      links++;
    }
    lines.push('  end');
    const absent = graph.steps.filter(s => s.absent).map(s => id(s.id));
    if (absent.length > 0) lines.push(`  class ${absent.join(',')} absent`);
  }
  if (broken.length > 0) lines.push(`  linkStyle ${broken.join(',')} stroke:#c62828,color:#c62828`);
  lines.push('  classDef absent stroke:#c62828,color:#c62828,stroke-dasharray:4 3');
  return `${lines.join('\n')}\n`;
}

function boxOf({kind, title, detail, absent}: Step): string {
  const second = [absent ? `no ${kind}` : kind, detail].filter(Boolean).join(', ');
  return `["${escape(title)}<br/><small>${escape(second)}</small>"]`;
}

/** Mermaid has entity codes with `#` in place of `&` (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters). */
function escape(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:;/_()+-]/gu, c => `#${c.codePointAt(0) ?? 63};`);
}
