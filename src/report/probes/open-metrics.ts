import {STEPS, outcomeOf} from '../../probes/checklist.ts';
import type {Probing} from '../../probes/evidence.ts';
import type {Probe, ProbeResult} from '../../probes/types.ts';
import {metricsText, Samples} from '../metrics-text.ts';
import type {Finding} from '../report.ts';
import type {MetricName} from './metrics.ts';
import {METRICS} from './metrics.ts';

/** What a run came to. */
export interface MetricFacts {
  /** When the cluster was read, in seconds since 1970. */
  readonly at: number;
  readonly probing: Probing;
  readonly findings: readonly Finding[];
  /** Probes that a policy forbids. */
  readonly expected: ReadonlySet<string>;
}

/**
 * Writes a run as OpenMetrics (https://prometheus.io/docs/specs/om/open_metrics_spec/), gauges only, so that readers of
 * Prometheus' older text take it, too. Each node has a fixed number of series however many others it tries: none is of a pair of nodes.
 */
export function openMetricsOf(facts: MetricFacts): string {
  return metricsText(METRICS, samplesOf(facts));
}

function samplesOf({at, probing, findings, expected}: MetricFacts): Samples<MetricName> {
  const {plan, results} = probing;
  const byProbe = new Map(results.map(r => [r.probe, r]));
  const all = new Samples<MetricName>();
  const add = all.add.bind(all);
  for (const [node, probes] of Map.groupBy(plan.probes, p => p.from.node)) {
    for (const {id: step, legs} of STEPS) {
      const outcomes = probes
        .filter(p => legs.includes(p.leg))
        .map(p => outcomeOf(p, byProbe.get(p.id), expected));
      if (outcomes.length === 0) continue;
      for (const outcome of ['worked', 'failed'] as const)
        add('kubectl_win_net_probes', outcomes.filter(o => o === outcome).length, {node, step, outcome});
    }
    const {untried, slowestMs, lost, tries} = summaryOf(probes, byProbe);
    add('kubectl_win_net_untried_probes', untried, {node});
    if (slowestMs !== undefined) add('kubectl_win_net_slowest_connect_seconds', slowestMs / 1000, {node});
    if (tries > 0) add('kubectl_win_net_lost_ratio', lost / tries, {node});
  }
  for (const severity of ['error', 'warning'] as const) {
    const own = findings.filter(f => f.severity === severity);
    for (const [check, same] of Map.groupBy(own, f => f.id))
      add('kubectl_win_net_findings', same.length, {check, severity});
    const nodes = own.flatMap(f => [...new Set(f.subjects.filter(x => x.kind === 'Node').map(x => x.name))]);
    for (const [node, same] of Map.groupBy(nodes, name => name))
      add('kubectl_win_net_node_findings', same.length, {node, severity});
  }
  add('kubectl_win_net_nodes', plan.nodes);
  add('kubectl_win_net_missed_link_ratio', plan.chanceToMiss);
  add('kubectl_win_net_last_run_timestamp_seconds', at);
  return all;
}

/** Of what was tried more than once, latency and loss; a name that was answered slowly counts as well. */
function summaryOf(
  probes: readonly Probe[],
  byProbe: ReadonlyMap<string, ProbeResult>,
): {untried: number; slowestMs: number | undefined; lost: number; tries: number} {
  const results = probes.flatMap(p => byProbe.get(p.id) ?? []);
  const working = results.filter(r => r.ok);
  const times = working.flatMap(r => r.slowestMs ?? r.ms ?? []);
  return {
    untried: probes.length - results.filter(r => r.tries > 0).length,
    slowestMs: times.length === 0 ? undefined : Math.max(...times),
    // What fails altogether is no loss, but a failure.
    lost: working.reduce((sum, r) => sum + r.lost, 0),
    tries: working.reduce((sum, r) => sum + r.tries, 0),
  };
}
