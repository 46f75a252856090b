/** Every metric of a scheduled `net check`, with what it says. Names are public: dashboards and alerts stand on them. */
export const METRICS = {
  kubectl_win_net_probes: 'Probes that start at a node, by step of the checklist and by whether they worked.',
  kubectl_win_net_untried_probes: 'Probes that start at a node and could not be tried.',
  kubectl_win_net_slowest_connect_seconds: 'Slowest connection or answer from a node that worked.',
  kubectl_win_net_lost_ratio: 'Share of tries from a node that were lost where others worked.',
  kubectl_win_net_node_findings: 'Findings of which a node is a subject, by severity.',
  kubectl_win_net_findings: 'Findings by check and severity.',
  kubectl_win_net_nodes: 'Nodes among which links are sampled.',
  kubectl_win_net_missed_link_ratio:
    'Chance that a single broken link between two nodes is not among what was tried.',
  kubectl_win_net_last_run_timestamp_seconds: 'When the last run read the cluster.',
} as const;

export type MetricName = keyof typeof METRICS;
