import type {AccessOptions} from '../kube/access.ts';

/** Flags that say which cluster and as whom, as oclif parses them. */
export interface ClusterFlags {
  kubeconfig?: string | undefined;
  context?: string | undefined;
  cluster?: string | undefined;
  user?: string | undefined;
  server?: string | undefined;
  token?: string | undefined;
  as?: string | undefined;
  'as-uid'?: string | undefined;
  'as-group'?: string[] | undefined;
  'certificate-authority'?: string | undefined;
  'tls-server-name'?: string | undefined;
  'insecure-skip-tls-verify'?: boolean | undefined;
  'request-timeout'?: string | undefined;
  verbose: number;
}

/** Flags that narrow what is looked at. */
export interface ScopeFlags {
  namespace?: string | undefined;
  selector?: string | undefined;
  node?: string[] | undefined;
  'node-selector'?: string | undefined;
}

/** Flags under the names that the kubeconfig loader has for them. */
export function accessOptions(flags: ClusterFlags & ScopeFlags): AccessOptions {
  const options = {
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    cluster: flags.cluster,
    user: flags.user,
    namespace: flags.namespace,
    server: flags.server,
    token: flags.token,
    as: flags.as,
    asUid: flags['as-uid'],
    asGroups: flags['as-group'],
    certificateAuthority: flags['certificate-authority'],
    tlsServerName: flags['tls-server-name'],
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'],
    requestTimeout: flags['request-timeout'],
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  // Only what was given remains, and every name above is one of AccessOptions.
  return Object.fromEntries(given) as AccessOptions;
}
