import test from 'ava';
import type {AccessRequest, RbacObjects} from '../../../src/kube/rbac.ts';
import {Rbac} from '../../../src/kube/rbac.ts';
import type {PolicyRule, Role, RoleBinding} from '../../../src/kube/types.ts';

const robot = {namespace: 'shop', name: 'robot'};
const use: AccessRequest = {
  verb: 'use',
  group: 'windows.k8s.io',
  resource: 'gmsacredentialspecs',
  name: 'webapp',
  namespace: 'shop',
};
const fits: PolicyRule = {
  verbs: ['use'],
  apiGroups: ['windows.k8s.io'],
  resources: ['gmsacredentialspecs'],
  resourceNames: ['webapp'],
};

function role(kind: 'Role' | 'ClusterRole', rule: PolicyRule, namespace?: string): Role {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: {name: 'user', ...(namespace && {namespace})},
    rules: [rule],
  };
}

function binding(
  roleKind: 'Role' | 'ClusterRole',
  subject: NonNullable<RoleBinding['subjects']>[number],
  namespace?: string,
): RoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: {name: 'user', ...(namespace && {namespace})},
    roleRef: {kind: roleKind, name: 'user'},
    subjects: [subject],
  };
}

const account = {kind: 'ServiceAccount', ...robot};
const none: RbacObjects = {roles: [], clusterRoles: [], roleBindings: [], clusterRoleBindings: []};
const clusterWide = (
  rule: PolicyRule,
  subject: {kind: string; name: string; namespace?: string},
): RbacObjects => ({
  ...none,
  clusterRoles: [role('ClusterRole', rule)],
  clusterRoleBindings: [binding('ClusterRole', subject)],
});
const allows = (objects: RbacObjects, request: AccessRequest = use): boolean =>
  new Rbac(objects).allows(robot, request);

test('nothing is allowed without a binding', t => {
  t.false(allows(none));
  t.false(allows({...none, clusterRoles: [role('ClusterRole', fits)]}));
});

test('a RoleBinding allows in its own namespace only', t => {
  const bound = {
    ...none,
    roles: [role('Role', fits, 'shop')],
    roleBindings: [binding('Role', account, 'shop')],
  };
  t.true(allows(bound));
  t.false(allows(bound, {...use, namespace: 'other'}));
  t.false(new Rbac(bound).allows({namespace: 'shop', name: 'other'}, use));
});

test('a RoleBinding takes a Role of its own namespace, or a ClusterRole', t => {
  const elsewhere = {
    ...none,
    roles: [role('Role', fits, 'other')],
    roleBindings: [binding('Role', account, 'shop')],
  };
  t.false(allows(elsewhere));
  const byClusterRole = {
    ...none,
    clusterRoles: [role('ClusterRole', fits)],
    roleBindings: [binding('ClusterRole', account, 'shop')],
  };
  t.true(allows(byClusterRole));
});

test('a ClusterRoleBinding allows everywhere, and in what has no namespace', t => {
  const {namespace: _, ...clusterScoped} = use;
  t.true(allows(clusterWide(fits, account)));
  t.true(allows(clusterWide(fits, account), clusterScoped));
});

for (const group of ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated']) {
  test(`a right of the group ${group} is the account's`, t => {
    t.true(allows(clusterWide(fits, {kind: 'Group', name: group})));
  });
}

test('groups and users of others give nothing; the account as a User does', t => {
  t.false(allows(clusterWide(fits, {kind: 'Group', name: 'system:serviceaccounts:other'})));
  t.false(allows(clusterWide(fits, {kind: 'User', name: 'robot'})));
  t.true(allows(clusterWide(fits, {kind: 'User', name: 'system:serviceaccount:shop:robot'})));
});

test('a star in verbs, groups or resources covers all', t => {
  t.true(allows(clusterWide({verbs: ['*'], apiGroups: ['*'], resources: ['*']}, account)));
  t.false(allows(clusterWide({...fits, apiGroups: ['']}, account)));
  t.false(allows(clusterWide({...fits, verbs: ['get']}, account)));
});

test('resourceNames narrow a rule, and never fit a request without a name', t => {
  t.false(allows(clusterWide({...fits, resourceNames: ['other']}, account)));
  const {name: _, ...nameless} = use;
  t.false(allows(clusterWide(fits, account), nameless));
  t.true(allows(clusterWide({...fits, resourceNames: []}, account), nameless));
});

const rule = (resource: string): PolicyRule => ({
  verbs: ['create'],
  apiGroups: [''],
  resources: [resource],
});

test('a subresource needs its own rule: by name, by `*/name`, or by `*`', t => {
  const exec: AccessRequest = {
    verb: 'create',
    group: '',
    resource: 'pods',
    subresource: 'exec',
    namespace: 'shop',
  };
  t.false(allows(clusterWide(rule('pods'), account), exec));
  t.false(allows(clusterWide(rule('pods/*'), account), exec));
  for (const resource of ['pods/exec', '*/exec', '*'])
    t.true(allows(clusterWide(rule(resource), account), exec), resource);
});

test('a binding to a role that does not exist gives nothing', t => {
  t.false(allows({...none, clusterRoleBindings: [binding('ClusterRole', account)]}));
});
