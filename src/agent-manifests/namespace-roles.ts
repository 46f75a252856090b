import {AGENT_DAEMON_SETS, AGENT_KEY_SECRET, AGENT_NAMESPACE} from '../protocol/names.ts';
import type {PolicyRule} from '../kube/types.ts';
import {commonLabels} from './labels.ts';
import {ROLES} from './role-names.ts';
import type {ManifestObject, RoleSubject} from './settings.ts';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Reaching agents: find their pods, open a port to them, read the key. A port-forward to a pod on the host's network
 * reaches every loopback port of its node, which is why this is a role of its own.
 */
const USE: PolicyRule[] = [
  {apiGroups: [''], resources: ['pods'], verbs: ['get', 'list']},
  {apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create']},
  {
    apiGroups: ['apps'],
    resources: ['daemonsets'],
    resourceNames: Object.values(AGENT_DAEMON_SETS),
    verbs: ['get'],
  },
  {apiGroups: [''], resources: ['secrets'], resourceNames: [AGENT_KEY_SECRET], verbs: ['get']},
];

/** What exec adds to that. WebSocket clients are let in with `get`, SPDY ones with `create`. */
const EXEC: PolicyRule[] = [{apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create']}];

/** The two roles of the agent's namespace; nobody has them until they are bound. */
export function namespaceRoles(): ManifestObject[] {
  return [role(ROLES.use, USE), role(ROLES.exec, EXEC)];
}

/** RoleBindings for those who were named; none for nobody. */
export function bindings(name: string, subjects: readonly RoleSubject[]): ManifestObject[] {
  if (subjects.length === 0) return [];
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: {name, namespace: AGENT_NAMESPACE, labels: commonLabels()},
      roleRef: {apiGroup: RBAC, kind: 'Role', name},
      subjects: subjects.map(subject => ({apiGroup: RBAC, ...subject})),
    },
  ];
}

function role(name: string, rules: PolicyRule[]): ManifestObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: {name, namespace: AGENT_NAMESPACE, labels: commonLabels()},
    rules,
  };
}
