import type {NodeItem} from '../../inventory/nodes.ts';
import {duration} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import type {DoctorReport} from '../report.ts';
import {attributes, escapeXml} from '../xml.ts';

/** Nodes with findings that are in sight; the others are folded away. */
const IN_SIGHT = 50;
const COLUMNS = ['Node', 'Ready', 'Windows', 'Build', 'kubelet', 'Runtime', 'HNS', 'Pods', 'Up', 'Findings'];

/** The Windows nodes as a table: those of which something is wrong in sight, the others folded away. */
export function nodesPart(nodes: readonly NodeItem[], report: DoctorReport): string {
  const sick = nodes.filter(isSick).toSorted((a, b) => badness(b) - badness(a));
  const well = nodes.filter(node => !isSick(node));
  const targets = new Map(report.findings.map(f => [f.id, f.fingerprint]));
  const fold = (summary: string, folded: readonly NodeItem[]): string[] =>
    folded.length === 0
      ? []
      : [`<details class="well"><summary>${summary}</summary>${tableOf(folded, targets)}</details>`];
  const [shown, others] = [sick.slice(0, IN_SIGHT), sick.slice(IN_SIGHT)];
  return [
    ...(shown.length > 0 ? [tableOf(shown, targets)] : []),
    ...fold(`${count(others.length, 'more node')} with findings`, others),
    ...fold(`${count(well.length, 'node')} of which nothing is wrong`, well),
  ].join('\n');
}

/** Nodes that are not Ready first, then those with most errors, then with most findings. */
function badness({ready, problems}: NodeItem): number {
  const errors = problems.filter(p => p.severity === 'error').length;
  return (ready === false ? 1_000_000 : 0) + errors * 1000 + problems.length;
}

function isSick({ready, problems}: NodeItem): boolean {
  return ready === false || problems.length > 0;
}

function tableOf(nodes: readonly NodeItem[], targets: ReadonlyMap<string, string>): string {
  const head = COLUMNS.map(title => `<th scope="col">${title}</th>`).join('');
  const rows = nodes.map(node => rowOf(node, targets));
  return `<div class="wide" tabindex="0" role="region" aria-label="Nodes"><table class="nodes"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function rowOf(node: NodeItem, targets: ReadonlyMap<string, string>): string {
  const {name, ready, product, build, kubelet, runtime, hns, pods, uptimeSeconds} = node;
  const isReady = ready === null ? '' : ready ? 'yes' : '<strong class="tone error">no</strong>';
  const system = product.replace(/^(?:Microsoft )?Windows Server /, '').replace(/ Datacenter$/, '');
  const cells = [
    isReady,
    ...[system, build, kubelet, runtime, hns].map(text => escapeXml(text ?? '')),
    pods === null ? '' : String(pods),
    uptimeSeconds === null ? '' : escapeXml(duration(uptimeSeconds * 1000)),
    node.problems.map(p => problem(p, targets)).join(' '),
  ];
  return `<tr data-row="node"><th scope="row">${escapeXml(name)}</th>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`;
}

function problem({id, severity}: NodeItem['problems'][number], targets: ReadonlyMap<string, string>): string {
  const target = targets.get(id);
  const text = `<span class="tone ${severity}">${escapeXml(id)}</span>`;
  return target === undefined ? text : `<a${attributes({href: `#f-${target}`})}>${text}</a>`;
}
