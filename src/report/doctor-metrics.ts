import {metricsText, Samples} from './metrics-text.ts';
import type {DoctorReport} from './report.ts';

/** Every metric of `doctor -o openmetrics`, with what it says. Names are public: dashboards and alerts stand on them. */
export const DOCTOR_METRICS = {
  kubectl_win_doctor_findings: 'Findings by check and severity, and whether they are root causes.',
  kubectl_win_doctor_finding_subjects: 'Objects that a check found at fault.',
  kubectl_win_doctor_node_findings: 'Findings of which a node is a subject, by severity.',
  kubectl_win_doctor_outcomes: 'Cases that were judged, by what came of them.',
  kubectl_win_doctor_nodes: 'Nodes by operating system.',
  kubectl_win_doctor_last_run_timestamp_seconds: 'When the last run read the cluster.',
} as const;

/** Writes a report as OpenMetrics. `at`: when the cluster was read, in seconds since 1970. */
export function doctorMetrics({findings, summary}: DoctorReport, at: number): string {
  const samples = new Samples<keyof typeof DOCTOR_METRICS>();
  for (const [check, same] of Map.groupBy(findings, f => f.id)) {
    for (const [severity, alike] of Map.groupBy(same, f => f.severity))
      for (const root of [true, false]) {
        const count = alike.filter(f => (f.causedBy.length === 0) === root).length;
        if (count > 0)
          samples.add('kubectl_win_doctor_findings', count, {check, severity, root: String(root)});
      }
    const subjects = same.reduce((sum, f) => sum + f.subjectCount, 0);
    samples.add('kubectl_win_doctor_finding_subjects', subjects, {check, name: same[0]?.name ?? ''});
  }
  for (const [severity, same] of Map.groupBy(findings, f => f.severity)) {
    const nodes = same.flatMap(f => [...new Set(f.subjects.filter(x => x.kind === 'Node').map(x => x.name))]);
    for (const [node, own] of Map.groupBy(nodes, name => name))
      samples.add('kubectl_win_doctor_node_findings', own.length, {node, severity});
  }
  for (const [outcome, count] of Object.entries(summary.outcomes))
    samples.add('kubectl_win_doctor_outcomes', count, {outcome});
  for (const [os, count] of Object.entries(summary.nodes))
    samples.add('kubectl_win_doctor_nodes', count, {os});
  samples.add('kubectl_win_doctor_last_run_timestamp_seconds', at);
  return metricsText(DOCTOR_METRICS, samples);
}
