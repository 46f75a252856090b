import test from 'ava';
import {METRICS} from '../../../../src/report/probes/metrics.ts';
import {openMetricsOf} from '../../../../src/report/probes/open-metrics.ts';
import {evidenceOf} from '../../../../src/snapshot/snapshot.ts';
import {probedFleet} from '../../../helpers/probing.ts';
import type {TestProbing} from '../../../helpers/probing.ts';
import {netMetrics, samplesOf} from '../../../helpers/probes/net-metrics.ts';

/** Series of a node, as the issue of this feature bounds them. */
const MOST_SERIES = 30;
/** https://prometheus.io/docs/specs/om/open_metrics_spec/#abnf. */
const SAMPLE =
  /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*")(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*)\})? (-?\d+(?:\.\d+)?(?:e-?\d+)?)$/;

const metrics = (nodes: number, edit?: (probing: TestProbing) => void) =>
  netMetrics(probedFleet(edit, {}, nodes));

test('of 1,000 nodes none has as many as 30 series, and there are few that are of no node', t => {
  const lines = metrics(1000, p => {
    for (const node of ['win-2', 'linux-3']) p.fail(q => q.to.node === node && q.from.node !== node);
    p.lose('win-4');
  });
  const byNode = Map.groupBy(samplesOf(lines), line => /node="([^"]+)"/.exec(line)?.[1]);
  const own = byNode.get(undefined) ?? [];
  byNode.delete(undefined);
  t.is(byNode.size, 1000);
  for (const [node, series] of byNode) {
    t.true(series.length < MOST_SERIES, `${node}: ${series.length}`);
    t.is(new Set(series.map(line => line.slice(0, line.lastIndexOf(' ')))).size, series.length, node);
  }
  t.true(own.length < MOST_SERIES, `${own.length}`);
});

test('it is OpenMetrics: every family is told, every sample is one, and the end is marked', t => {
  const lines = metrics(12, p => p.fail(q => q.to.node === 'win-2' && q.from.node !== 'win-2'));
  t.deepEqual(lines.slice(-2), ['# EOF', '']);
  for (const line of samplesOf(lines)) t.regex(line, SAMPLE);
  t.deepEqual(
    lines.filter(l => l.startsWith('# TYPE')).map(l => l.split(' ')[2]),
    Object.keys(METRICS),
  );
  const names = new Set(samplesOf(lines).map(line => SAMPLE.exec(line)?.[1]));
  t.deepEqual([...names], Object.keys(METRICS));
});

test('what works, fails and could not be tried is counted by node and step, and a finding by its node', t => {
  const lines = metrics(12, p => {
    p.fail(q => q.to.node === 'win-2' && q.from.node !== 'win-2');
    p.lose('win-4');
  });
  t.true(lines.includes('kubectl_win_net_node_findings{node="win-2",severity="error"} 1'));
  t.true(lines.includes('kubectl_win_net_probes{node="win-4",step="pod-to-pod",outcome="worked"} 0'));
  const untried = lines.find(l => l.startsWith('kubectl_win_net_untried_probes{node="win-4"}'));
  t.regex(untried ?? '', / [1-9]\d*$/);
  const failed = lines.filter(l => /step="pod-to-pod",outcome="failed"\} [1-9]/.test(l));
  t.true(failed.length > 0);
});

test('a name with anything in it stays inside its quotes', t => {
  const snapshot = probedFleet(undefined, {}, 2);
  const probes = evidenceOf(snapshot, 'probes');
  if (!probes.ok) throw new Error(probes.detail);
  const [probe] = probes.value.plan.probes;
  if (!probe) throw new Error('no probe');
  const odd = {...probe, from: {...probe.from, node: 'a"b\\c\nd'}};
  const probing = {...probes.value, plan: {...probes.value.plan, probes: [odd]}};
  const text = openMetricsOf({at: 0, probing, findings: [], expected: new Set()});
  t.true(text.includes('{node="a\\"b\\\\c\\nd"}'));
});
