import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parse} from 'yaml';
import {METRICS} from '../../../src/report/probes/metrics.ts';
import {netMetrics, samplesOf} from '../../helpers/probes/net-metrics.ts';
import {probedFleet} from '../../helpers/probing.ts';

const folder = join(import.meta.dirname, '../../../windows/schedule');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
interface Panel {
  id: number;
  title: string;
  gridPos: {x: number; y: number; w: number; h: number};
  targets: {expr: string}[];
}
// Files of our own.
const {groups} = parse(read('alerts.yaml')) as {groups: {name: string; rules: Rule[]}[]};
const dashboard = JSON.parse(read('dashboard.json')) as {
  panels: Panel[];
  templating: {list: {name: string; query: unknown}[]};
};
const rules = groups.flatMap(g => g.rules);
const panels = dashboard.panels;
const expressions = [
  ...rules.map(r => [r.alert, r.expr] as const),
  ...panels.flatMap(p => p.targets.map(target => [p.title, target.expr] as const)),
];

/** Labels of each metric, as a run in which everything happens writes them. */
const LABELS = labelsWritten();

function labelsWritten(): Map<string, Set<string>> {
  const lines = netMetrics(probedFleet(p => p.fail(q => q.to.node === 'win-2' && q.from.node !== 'win-2')));
  const labels = new Map<string, Set<string>>();
  for (const line of samplesOf(lines)) {
    const name = /^\w+/.exec(line)?.[0] ?? '';
    const own = labels.get(name) ?? new Set();
    for (const [, label = ''] of line.matchAll(/[{,](\w+)="/g)) own.add(label);
    labels.set(name, own);
  }
  return labels;
}

for (const [title, expression] of expressions)
  test(`${title}: every metric and label that is asked for is written`, t => {
    const names = [...expression.matchAll(/kubectl_win_\w+/g)].map(m => m[0]);
    t.true(names.length > 0);
    for (const name of names) t.true(Object.hasOwn(METRICS, name), name);
    for (const [, name = '', matchers = ''] of expression.matchAll(/(kubectl_win_\w+)\{([^}]*)\}/g))
      for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g))
        t.true(LABELS.get(name)?.has(label), `${name} has no label ${label}`);
    for (const [, grouped = ''] of expression.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of grouped.split(/, */))
        t.true(
          names.some(n => LABELS.get(n)?.has(label)),
          label,
        );
    t.is(expression.split('(').length, expression.split(')').length);
    t.is(expression.split('{').length, expression.split('}').length);
    t.is((expression.split('"').length - 1) % 2, 0);
  });

test('rules have what Prometheus wants of them, and their texts name labels that are left', t => {
  t.is(new Set(rules.map(r => r.alert)).size, rules.length);
  for (const rule of rules) {
    t.deepEqual(Object.keys(rule).sort(), ['alert', 'annotations', 'expr', 'for', 'labels']);
    t.regex(rule.alert, /^[A-Za-z_]\w*$/);
    t.regex(rule.for, /^\d+[smhd]$/);
    t.regex(rule.labels['severity'] ?? '', /^(?:critical|warning)$/);
    for (const text of Object.values(rule.annotations))
      for (const [, label = ''] of text.matchAll(/\$labels\.(\w+)/g))
        t.regex(rule.expr, new RegExp(`by \\([^)]*\\b${label}\\b`), rule.alert);
  }
});

test('panels of the dashboard have ids of their own and do not lie on one another, and its variables are defined', t => {
  t.is(new Set(panels.map(p => p.id)).size, panels.length);
  for (const [i, {gridPos: a, title}] of panels.entries()) {
    t.true(a.x + a.w <= 24, title);
    for (const {gridPos: b} of panels.slice(i + 1))
      t.true(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y, title);
  }
  const known = new Set(dashboard.templating.list.map(v => v.name));
  for (const [, name = ''] of JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g))
    t.true(known.has(name), name);
});
