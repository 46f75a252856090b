import type {ManifestObject} from '../../../src/agent-manifests/settings.ts';

interface KindFacts {
  plural: string;
  namespaced: boolean;
}

/** Every kind that `agent install` creates, by apiVersion and kind. */
const KINDS = new Map<string, KindFacts>([
  ['v1 Namespace', {plural: 'namespaces', namespaced: false}],
  ['v1 ResourceQuota', {plural: 'resourcequotas', namespaced: true}],
  ['v1 Secret', {plural: 'secrets', namespaced: true}],
  ['v1 ServiceAccount', {plural: 'serviceaccounts', namespaced: true}],
  ['apps/v1 DaemonSet', {plural: 'daemonsets', namespaced: true}],
  ['batch/v1 Job', {plural: 'jobs', namespaced: true}],
  ['rbac.authorization.k8s.io/v1 Role', {plural: 'roles', namespaced: true}],
  ['rbac.authorization.k8s.io/v1 RoleBinding', {plural: 'rolebindings', namespaced: true}],
  ['rbac.authorization.k8s.io/v1 ClusterRole', {plural: 'clusterroles', namespaced: false}],
  ['rbac.authorization.k8s.io/v1 ClusterRoleBinding', {plural: 'clusterrolebindings', namespaced: false}],
  [
    'security.openshift.io/v1 SecurityContextConstraints',
    {plural: 'securitycontextconstraints', namespaced: false},
  ],
]);

/** Path of an object, or of the list of its kind where no name is given. */
export function pathOf(of: {
  apiVersion: string;
  kind: string;
  metadata: {name?: string; namespace?: string};
}): string {
  const facts = KINDS.get(`${of.apiVersion} ${of.kind}`);
  if (!facts) throw new TypeError(`${of.apiVersion} ${of.kind} is no kind that is installed`);
  const base = of.apiVersion.includes('/') ? `/apis/${of.apiVersion}` : `/api/${of.apiVersion}`;
  const space = facts.namespaced ? `/namespaces/${of.metadata.namespace ?? ''}` : '';
  return `${base}${space}/${facts.plural}${of.metadata.name === undefined ? '' : `/${of.metadata.name}`}`;
}

/** As kubectl names an object, its namespace left out: `daemonset.apps/kubectl-win-agent-windows`. */
export function nameOf({
  apiVersion,
  kind,
  metadata,
}: Pick<ManifestObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${kind.toLowerCase()}${group}/${metadata.name}`;
}
