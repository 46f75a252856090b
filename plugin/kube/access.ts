import type {ClusterEntry, UserEntry} from './kubeconfig-shape.ts';

/** Whom to act as (`--as`, `--as-uid`, `--as-group`, or the kubeconfig's `as…` fields). */
export interface Impersonation {
  user: string;
  uid?: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

/** One cluster and how to get into it: what is left of all kubeconfig files and flags. */
export interface Access {
  /** Name of the context, `in-cluster`, or the server's address where no context was used. */
  readonly name: string;
  /** Base address; may carry a path (`https://rancher.example/k8s/clusters/c-1`). Without a slash at its end. */
  readonly server: string;
  /** The context's namespace, or the one given with `-n`; `default` where neither says. */
  readonly namespace: string;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly impersonate?: Impersonation;
  /** How long one request may take as a whole, milliseconds; absent: two minutes. */
  readonly requestTimeoutMs?: number;
}

/** Flags of kubectl that say which cluster and as whom, by their names there. */
export interface AccessOptions {
  kubeconfig?: string;
  context?: string;
  cluster?: string;
  user?: string;
  namespace?: string;
  server?: string;
  token?: string;
  as?: string;
  asUid?: string;
  asGroups?: readonly string[];
  insecureSkipTlsVerify?: boolean;
  certificateAuthority?: string;
  tlsServerName?: string;
  /** As kubectl has it: `30s`, `1m30s`, a whole number of seconds, `0` for the longest. */
  requestTimeout?: string;
}
