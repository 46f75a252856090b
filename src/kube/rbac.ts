import type {PolicyRule, Role, RoleBinding} from './types.ts';

/** A service account by its namespace and name. */
export interface Account {
  namespace: string;
  name: string;
}

/** One thing that an account wants to do, in the words of a SubjectAccessReview. */
export interface AccessRequest {
  verb: string;
  /** API group, empty for the core group. */
  group: string;
  resource: string;
  subresource?: string;
  /** Name of the object; absent for `list`, `watch` and `create`. */
  name?: string;
  /** Absent for what has no namespace. */
  namespace?: string;
}

/** RBAC objects, all of them: a right that stands in an object not given is taken for missing. */
export interface RbacObjects {
  roles: readonly Role[];
  clusterRoles: readonly Role[];
  roleBindings: readonly RoleBinding[];
  clusterRoleBindings: readonly RoleBinding[];
}

interface Grant {
  rules: readonly PolicyRule[];
  /** Namespace of the binding; absent where it holds in the whole cluster. */
  namespace?: string;
}

/**
 * Answers what service accounts may do by evaluating RBAC objects as the API server's RBAC authorizer does
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/). Other authorizers (webhooks, ABAC) are not seen.
 * Aggregated ClusterRoles have their rules filled in by the control plane already.
 */
export class Rbac {
  readonly #grants = new Map<string, Grant[]>();

  constructor(objects: RbacObjects) {
    const clusterRoles = new Map(objects.clusterRoles.map(r => [r.metadata.name, r.rules ?? []]));
    const roles = new Map(
      objects.roles.map(r => [`${r.metadata.namespace ?? ''}/${r.metadata.name}`, r.rules ?? []]),
    );
    for (const binding of objects.clusterRoleBindings) {
      const {kind, name = ''} = binding.roleRef ?? {};
      if (kind === 'ClusterRole') this.#bind(binding, {rules: clusterRoles.get(name) ?? []});
    }
    for (const binding of objects.roleBindings) {
      const {kind, name = ''} = binding.roleRef ?? {};
      const namespace = binding.metadata.namespace ?? '';
      const rules = kind === 'ClusterRole' ? clusterRoles.get(name) : roles.get(`${namespace}/${name}`);
      this.#bind(binding, {rules: rules ?? [], namespace});
    }
  }

  /** Whether any role bound to the account, or to a group that it is in, allows the request. */
  allows(account: Account, request: AccessRequest): boolean {
    return principalsOf(account).some(principal =>
      (this.#grants.get(principal) ?? []).some(
        grant =>
          (grant.namespace === undefined || grant.namespace === request.namespace) &&
          grant.rules.some(rule => ruleAllows(rule, request)),
      ),
    );
  }

  #bind(binding: RoleBinding, grant: Grant): void {
    for (const subject of binding.subjects ?? []) {
      const {kind, name = '', namespace = grant.namespace ?? ''} = subject;
      const principal =
        kind === 'ServiceAccount'
          ? `User:system:serviceaccount:${namespace}:${name}`
          : `${kind ?? ''}:${name}`;
      const known = this.#grants.get(principal);
      if (known) known.push(grant);
      else this.#grants.set(principal, [grant]);
    }
  }
}

/** The user and the groups that a service account's token stands for. */
function principalsOf({namespace, name}: Account): string[] {
  return [
    `User:system:serviceaccount:${namespace}:${name}`,
    'Group:system:serviceaccounts',
    `Group:system:serviceaccounts:${namespace}`,
    'Group:system:authenticated',
  ];
}

function ruleAllows(
  rule: PolicyRule,
  {verb, group, resource, subresource, name = ''}: AccessRequest,
): boolean {
  const combined = subresource ? `${resource}/${subresource}` : resource;
  const {verbs = [], apiGroups = [], resources = [], resourceNames = []} = rule;
  return (
    covers(verbs, verb) &&
    covers(apiGroups, group) &&
    (covers(resources, combined) || (subresource !== undefined && resources.includes(`*/${subresource}`))) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}

function covers(allowed: readonly string[], wanted: string): boolean {
  return allowed.includes('*') || allowed.includes(wanted);
}
