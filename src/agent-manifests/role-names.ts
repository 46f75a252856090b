/** Names of the four roles (CONTRACT §7) and of what belongs to them. Public: administrators bind them. */
export const ROLES = {
  /** Role: reach agents by port-forward. */
  use: 'kubectl-win-agent-use',
  /** Role: reach them by exec, too, which is SYSTEM or root on every node. */
  exec: 'kubectl-win-agent-exec',
  /** ClusterRole: install and remove agents. */
  admin: 'kubectl-win-agent-admin',
  /** ClusterRole: `doctor` without agents. */
  view: 'kubectl-win-view',
} as const;

/** Of the Job that removes everything when `--ttl` is over: itself, its account, its ClusterRole and their binding. */
export const EXPIRY = 'kubectl-win-agent-expiry';

/** The quota that lets critical pods into the namespace. */
export const QUOTA = 'kubectl-win-agent-critical-pods';

/** On OpenShift: the SecurityContextConstraints of the agents' pods. */
export const CONSTRAINTS = 'kubectl-win-agent';
