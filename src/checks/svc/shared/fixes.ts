/** What is to be done where kube-proxy has left HNS behind: the least harmful first. */
export const PROXY_FIXES = [
  'See what kube-proxy says of it: `kubectl win logs node/NODE --source kube-proxy`.',
  'Change nothing yet and look again: `kubectl win doctor --node NODE --confirm 60s`.',
  'Restart kube-proxy on the node. It first deletes every load balancer there: all Services, DNS among them, fail from its pods until it has made them anew, which takes seconds to minutes.',
] as const;

/** Where a restart of kube-proxy is not enough. */
export const DRAIN_FIX =
  'Where that does not help, drain the node and restart it: HNS itself has lost count of its load balancers and ports. Its pods move.';

export const SERVICES_DOC =
  'https://kubernetes.io/docs/concepts/services-networking/windows-networking/#load-balancing-and-services';
