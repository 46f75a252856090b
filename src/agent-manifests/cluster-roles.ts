import {AGENT_DAEMON_SETS, AGENT_KEY_SECRET, AGENT_NAMESPACE} from '../protocol/names.ts';
import {RESOURCES} from '../kube/resources.ts';
import type {PolicyRule} from '../kube/types.ts';
import {commonLabels} from './labels.ts';
import {CONSTRAINTS, EXPIRY, QUOTA, ROLES} from './role-names.ts';
import type {ManifestObject} from './settings.ts';

const RBAC = 'rbac.authorization.k8s.io';
/** Server-side apply is a patch that also asks for `create` where there is nothing yet; both go by the object's name. */
const MANAGE = ['get', 'create', 'patch', 'delete'];

/**
 * Two roles that a cluster's administrator applies once (`agent manifest --roles`), as they must be there before any
 * agent: `install` never creates a role that could widen its own.
 */
export function clusterRoles(): ManifestObject[] {
  return [clusterRole(ROLES.admin, adminRules()), clusterRole(ROLES.view, viewRules())];
}

/** Installing and removing: every object by its name. Who may run privileged pods on all nodes rules them, and so does this role. */
function adminRules(): PolicyRule[] {
  return [
    named('', 'namespaces', [AGENT_NAMESPACE]),
    named('', 'secrets', [AGENT_KEY_SECRET]),
    named('', 'resourcequotas', [QUOTA]),
    named('', 'serviceaccounts', [EXPIRY]),
    named('apps', 'daemonsets', Object.values(AGENT_DAEMON_SETS)),
    named('batch', 'jobs', [EXPIRY]),
    named(RBAC, 'roles', [ROLES.use, ROLES.exec], [...MANAGE, 'escalate', 'bind']),
    named(RBAC, 'rolebindings', [ROLES.use, ROLES.exec]),
    named(RBAC, 'clusterroles', [EXPIRY], [...MANAGE, 'escalate', 'bind']),
    named(RBAC, 'clusterrolebindings', [EXPIRY]),
    named('security.openshift.io', 'securitycontextconstraints', [CONSTRAINTS], [...MANAGE, 'use']),
    // What is left after an uninstall, and why a pod does not start.
    listed('', 'pods', 'events', 'resourcequotas', 'serviceaccounts'),
    listed('apps', 'daemonsets'),
    listed('batch', 'jobs'),
    listed(RBAC, 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'),
    listed('security.openshift.io', 'securitycontextconstraints'),
    // The networks that probes may reach.
    listed('', 'nodes', 'services'),
    listed('networking.k8s.io', 'servicecidrs'),
    listed('discovery.k8s.io', 'endpointslices'),
    {apiGroups: [''], resources: ['pods'], verbs: ['get']},
  ];
}

/** Everything that `doctor` reads of the API, and nothing that it does not. */
export function viewRules(): PolicyRule[] {
  const groups = Map.groupBy(
    RESOURCES.filter(resource => !resource.names),
    resource => resource.group,
  );
  const lists = [...groups].map(([group, resources]) => ({
    apiGroups: [group],
    resources: resources.map(resource => resource.plural),
    verbs: ['get', 'list'],
  }));
  // By name only. A list may be bound to a name, too: a field selector for that name goes with it.
  const byName = RESOURCES.filter(resource => resource.names).map(({group, plural, names = []}) => ({
    apiGroups: [group],
    resources: [plural],
    resourceNames: [...names],
    verbs: ['get', 'list'],
  }));
  // Of the logs of Windows containers, a bounded part.
  const logs = {apiGroups: [''], resources: ['pods/log'], verbs: ['get']};
  return [...lists, ...byName, logs];
}

function clusterRole(name: string, rules: PolicyRule[]): ManifestObject {
  return {apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: {name, labels: commonLabels()}, rules};
}

function named(group: string, resource: string, names: readonly string[], verbs = MANAGE): PolicyRule {
  return {apiGroups: [group], resources: [resource], resourceNames: [...names], verbs: [...verbs]};
}

function listed(group: string, ...resources: string[]): PolicyRule {
  return {apiGroups: [group], resources, verbs: ['list']};
}
