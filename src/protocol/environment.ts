/** Environment variables of the agent's container: the manifests set them, the agent reads them. */
export const AGENT_ENV = {
  /** Name of the node that the agent speaks for; requests are signed for it. */
  node: 'KUBECTL_WIN_NODE',
  /** File that holds the key, 32 raw bytes. Read anew for each request: a key that was rotated counts at once. */
  keyFile: 'KUBECTL_WIN_KEY_FILE',
  /** Where probes may go, by commas: networks (`10.96.0.0/12`) and single `host:port`. */
  targets: 'KUBECTL_WIN_PROBE_TARGETS',
  /** TCP port on 127.0.0.1; `AGENT_PORT` where absent. */
  port: 'KUBECTL_WIN_AGENT_PORT',
  /** On Linux: where the node's own file system is mounted, read-only. */
  hostRoot: 'KUBECTL_WIN_HOST_ROOT',
} as const;

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
