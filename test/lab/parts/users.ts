import {randomBytes} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import type {Api} from './api.ts';
import type {LabDir} from './places.ts';

/**
 * Who may ask: `admin` everything; `reader` reads all but Secrets, as the ClusterRole in the docs grants; `viewer` has
 * Kubernetes' own `view` role, so no nodes; `nobody` is known but has no right.
 */
export const USERS = ['admin', 'reader', 'viewer', 'nobody'] as const;

export type User = (typeof USERS)[number];

/** Makes a token for each user and writes the API server's token file. */
export function writeTokens(lab: LabDir): Record<User, string> {
  const tokens = Object.fromEntries(USERS.map(user => [user, randomBytes(16).toString('hex')]));
  const lines = USERS.map(
    user => `${tokens[user]},${user},${user}${user === 'admin' ? ',system:masters' : ''}`,
  );
  writeFileSync(lab.path('tokens.csv'), `${lines.join('\n')}\n`, {mode: 0o600});
  // Built from USERS just above.
  return tokens as Record<User, string>;
}

/** A user's bearer token in a running lab. */
export function tokenOf(lab: LabDir, user: User): string {
  const line = readFileSync(lab.path('tokens.csv'), 'utf8')
    .split('\n')
    .find(l => l.split(',')[1] === user);
  return line?.split(',')[0] ?? '';
}

/** Writes `kubeconfig` (admin) and `kubeconfig-<user>`, with the server's own certificate as authority. */
export function writeKubeconfigs(lab: LabDir, server: string, tokens: Record<User, string>): void {
  for (const user of USERS) {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{name: 'lab', cluster: {server, 'certificate-authority': lab.path('pki', 'apiserver.crt')}}],
      users: [{name: user, user: {token: tokens[user]}}],
      contexts: [{name: `lab-${lab.name}`, context: {cluster: 'lab', user}}],
      'current-context': `lab-${lab.name}`,
    };
    writeFileSync(lab.kubeconfig(user), `${JSON.stringify(config, null, 2)}\n`, {mode: 0o600});
  }
}

const READ = ['get', 'list', 'watch'];

const CORE =
  'nodes pods pods/log namespaces services endpoints events configmaps serviceaccounts persistentvolumes persistentvolumeclaims limitranges resourcequotas';

const GROUPS =
  'apps batch discovery.k8s.io events.k8s.io coordination.k8s.io node.k8s.io storage.k8s.io rbac.authorization.k8s.io apiextensions.k8s.io admissionregistration.k8s.io certificates.k8s.io policy networking.k8s.io autoscaling windows.k8s.io security.istio.io crd.projectcalico.org';

const URLS = ['/version', '/healthz', '/readyz', '/livez', '/api', '/api/*', '/apis', '/apis/*'];

/** Gives `reader` and `viewer` their rights. */
export async function grantRights(api: Api): Promise<void> {
  const rbac = 'rbac.authorization.k8s.io';
  await api.create({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: {name: 'lab:reader'},
    rules: [
      {apiGroups: [''], resources: CORE.split(' '), verbs: READ},
      {apiGroups: GROUPS.split(' '), resources: ['*'], verbs: READ},
      {nonResourceURLs: URLS, verbs: ['get']},
    ],
  });
  for (const [user, role] of [
    ['reader', 'lab:reader'],
    ['viewer', 'view'],
  ]) {
    await api.create({
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: {name: `lab:${user}`},
      roleRef: {apiGroup: rbac, kind: 'ClusterRole', name: role},
      subjects: [{apiGroup: rbac, kind: 'User', name: user}],
    });
  }
}
