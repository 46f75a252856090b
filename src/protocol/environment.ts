/** Environment variables of the agent's container: the manifests set them, the agent reads them. */
export const AGENT_ENV = {
  /** Name of the node that the agent speaks for; requests are signed for it. */
  node: 'NODE_NAME',
  /** Where probes may go, by commas: networks (`10.96.0.0/12`) and single `host:port`. */
  targets: 'KUBECTL_WIN_PROBE_TARGETS',
  /** On Linux: where the node's own file system is mounted, read-only. */
  hostRoot: 'KUBECTL_WIN_HOST_ROOT',
} as const;

/** Folder of the key's volume in the agent's container; its file is named by `AGENT_KEY_ENTRY`. */
export const AGENT_KEY_FOLDER = '/etc/kubectl-win';

/** Programs inside the container that `exec` may be asked to run: the second way to an agent (CONTRACT §6). */
export const AGENT_CONNECT = {
  // Replaced by hcsshim in every command line of a HostProcess container, quoted or not, whichever version of containerd.
  windows: ['%CONTAINER_SANDBOX_MOUNT_POINT%\\kubectl-win-agent.exe', 'connect'],
  // Found by PATH, which the manifest sets to the image's root.
  linux: ['kubectl-win-agent', 'connect'],
} as const;

/** Environment of the pod that ends an installation with `--ttl` (`kubectl-win-agent expire`). */
export const EXPIRY_ENV = {
  /** When to delete the namespace, RFC 3339. */
  at: 'KUBECTL_WIN_EXPIRES_AT',
  /** Folder with `token` and `ca.crt`, as service accounts have it. */
  account: 'KUBECTL_WIN_ACCOUNT_DIR',
} as const;
