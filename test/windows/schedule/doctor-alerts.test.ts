import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {parse} from 'yaml';
import {DOCTOR_METRICS} from '../../../src/report/doctor-metrics.ts';

// A file of our own.
const {groups} = parse(
  readFileSync(join(import.meta.dirname, '../../../windows/schedule/doctor-alerts.yaml'), 'utf8'),
) as {groups: {rules: {alert: string; expr: string; annotations: Record<string, string>}[]}[]};

test('alerts on doctor ask for metrics that it writes, and name labels that are left', t => {
  for (const {alert, expr, annotations} of groups.flatMap(g => g.rules)) {
    const names = expr.match(/kubectl_win_\w+/g) ?? [];
    t.true(names.length > 0, alert);
    for (const name of names) t.true(Object.hasOwn(DOCTOR_METRICS, name), name);
    for (const [, label = ''] of JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g))
      t.regex(expr, new RegExp(`by \\([^)]*\\b${label}\\b`), alert);
  }
});
