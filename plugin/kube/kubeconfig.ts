import path from 'node:path';
import {UserError} from '../errors.ts';
import {maskSecrets} from '../../src/redact/quoted.ts';
import {EXIT} from '../../src/report/exit.ts';
import type {Access, AccessOptions, Impersonation} from './access.ts';
import {inClusterAccess} from './in-cluster.ts';
import type {ClusterEntry, ContextEntry, UserEntry} from './kubeconfig-shape.ts';
import type {MergedKubeconfig} from './kubeconfig-merge.ts';
import {mergeKubeconfigs} from './kubeconfig-merge.ts';
import {homeFolder} from '../unknown-user.ts';
import {parseRequestTimeout} from './request-timeout.ts';

/**
 * Finds the cluster and the user as kubectl would: `--kubeconfig`, else the files of `KUBECONFIG`, else
 * `~/.kube/config`, else the pod's own service account; flags override single fields.
 * Throws a `UserError` that says what was looked for and where.
 */
export function loadKubeconfig(options: AccessOptions = {}, env: NodeJS.ProcessEnv = process.env): Access {
  const {files, required} = kubeconfigFiles(options, env);
  const merged = mergeKubeconfigs(files, required);
  const isEmpty = merged.contexts.size === 0 && merged.clusters.size === 0;
  const inCluster = isEmpty && !required ? inClusterAccess(env) : undefined;
  if (isEmpty && !inCluster && !options.server) throw noKubeconfig(files);
  const base = inCluster ?? accessOfContext(merged, options, files);
  return override(base, options);
}

/** All that the kubeconfig files have, whatever context is meant. Throws a `UserError` where one cannot be read. */
export function kubeconfigOf(
  options: AccessOptions = {},
  env: NodeJS.ProcessEnv = process.env,
): MergedKubeconfig {
  const {files, required} = kubeconfigFiles(options, env);
  return mergeKubeconfigs(files, required);
}

/** The kubeconfig files that are meant, in order; `required` where a missing one is an error. */
function kubeconfigFiles(
  options: AccessOptions,
  env: NodeJS.ProcessEnv,
): {files: string[]; required: boolean} {
  if (options.kubeconfig) return {files: [options.kubeconfig], required: true};
  const named = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter(Boolean);
  if (named.length > 0) return {files: [...new Set(named)], required: false};
  return {files: [path.join(env['HOME'] || homeFolder(), '.kube', 'config')], required: false};
}

function noKubeconfig(files: readonly string[]): UserError {
  return new UserError(`no kubeconfig was found: looked for ${files.join(', ')}`, {
    code: 'no-kubeconfig',
    fix: [
      'name one with `--kubeconfig FILE` or `KUBECONFIG`',
      'or read a capture instead of a cluster: `kubectl win doctor --from PATH`',
    ],
  });
}

function accessOfContext(merged: MergedKubeconfig, options: AccessOptions, files: readonly string[]): Access {
  const name = options.context ?? merged.currentContext;
  const context = name ? contextOf(merged, name, files) : contextless(merged, options);
  const clusterName = options.cluster ?? context.cluster;
  const userName = options.user ?? context.user;
  const cluster = clusterName
    ? entryOf(merged.clusters, 'cluster', clusterName, options.cluster !== undefined)
    : {};
  const user = userName ? entryOf(merged.users, 'user', userName, options.user !== undefined) : {};
  const server = options.server ?? cluster.server;
  if (!server) {
    throw new UserError(`cluster \`${clusterName ?? ''}\` of the kubeconfig has no server`, {
      code: 'no-server',
      fix: [`kubectl config set-cluster ${clusterName ?? 'NAME'} --server https://HOST:6443`],
    });
  }
  return {
    name: maskSecrets(name || server),
    server,
    namespace: context.namespace || 'default',
    cluster,
    user,
  };
}

function contextOf(merged: MergedKubeconfig, name: string, files: readonly string[]): ContextEntry {
  const context = merged.contexts.get(name);
  if (context) return context;
  throw new UserError(`context \`${name}\` does not exist in ${files.join(', ')}`, {
    code: 'no-context',
    fix: ['kubectl config get-contexts', `known: ${listed(merged.contexts)}`],
  });
}

/** Without a context, flags alone may say which cluster is meant. */
function contextless(merged: MergedKubeconfig, options: AccessOptions): ContextEntry {
  if (options.server ?? options.cluster) return {};
  throw new UserError(`the kubeconfig (${merged.files.join(', ')}) sets no current context`, {
    code: 'no-context',
    fix: [
      'kubectl config use-context NAME',
      `or \`--context NAME\`, where NAME is one of: ${listed(merged.contexts)}`,
    ],
  });
}

function entryOf<T>(entries: ReadonlyMap<string, T>, what: string, name: string, flag: boolean): T {
  const entry = entries.get(name);
  if (entry) return entry;
  const by = flag ? `\`--${what}\`` : 'the context';
  throw new UserError(`${by} names the ${what} \`${name}\`, which the kubeconfig does not have`, {
    code: `no-${what}`,
    fix: ['kubectl config view', `known: ${listed(entries)}`],
  });
}

function listed(entries: ReadonlyMap<string, unknown>): string {
  return [...entries.keys()].slice(0, 20).join(', ') || 'none';
}

function override(base: Access, options: AccessOptions): Access {
  const cluster: ClusterEntry = {...base.cluster};
  if (options.tlsServerName) cluster['tls-server-name'] = options.tlsServerName;
  if (options.certificateAuthority) {
    delete cluster['certificate-authority-data'];
    cluster['certificate-authority'] = options.certificateAuthority;
  }
  if (options.insecureSkipTlsVerify) {
    cluster['insecure-skip-tls-verify'] = true;
    delete cluster['certificate-authority'];
    delete cluster['certificate-authority-data'];
  }
  const user: UserEntry = {...base.user};
  if (options.token) {
    user.token = options.token;
    // A token on the command line is meant instead of whatever the kubeconfig runs to get one.
    delete user.exec;
    delete user['auth-provider'];
  }
  const impersonate = impersonation(user, options);
  const requestTimeoutMs = parseRequestTimeout(options.requestTimeout);
  return {
    name: base.name,
    server: serverAddress(options.server ?? base.server, cluster, user),
    namespace: options.namespace ?? base.namespace,
    cluster,
    user,
    ...(impersonate && {impersonate}),
    ...(requestTimeoutMs !== undefined && {requestTimeoutMs}),
  };
}

function impersonation(user: UserEntry, options: AccessOptions): Impersonation | undefined {
  const uid = options.asUid ?? user['as-uid'];
  const groups = options.asGroups?.length ? options.asGroups : (user['as-groups'] ?? []);
  const extra = user['as-user-extra'] ?? {};
  const name = options.as ?? user.as;
  if (name) return {user: name, ...(uid && {uid}), groups, extra};
  if (!uid && groups.length === 0 && Object.keys(extra).length === 0) return undefined;
  throw new UserError('a group or uid is to be impersonated without a user', {
    code: 'bad-impersonation',
    fix: ['add `--as USER`'],
    exitCode: EXIT.usage,
  });
}

/** kubectl takes an address without a scheme for https where anything speaks of TLS, else for http. */
function serverAddress(server: string, cluster: ClusterEntry, user: UserEntry): string {
  const tls =
    cluster['certificate-authority'] ??
    cluster['certificate-authority-data'] ??
    cluster['insecure-skip-tls-verify'] ??
    user['client-certificate'] ??
    user['client-certificate-data'];
  const address = server.includes('://') ? server : `${tls ? 'https' : 'http'}://${server}`;
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !url.hostname) {
    throw new UserError(`the server's address \`${server}\` is no http or https URL`, {
      code: 'bad-server',
      fix: ['kubectl config view --minify'],
    });
  }
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
}
