import check from '../../../src/checks/idn/gmsa-use-denied.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';

const web = {
  severity: 'error' as const,
  subjects: ['Deployment/shop/web'],
  says: /shop\/\w+` may not `use`.*`webapp`/,
};

checkCases({
  check,
  finds: {
    'no binding': () => [gmsaCluster().remove('RoleBinding', 'shop/use-webapp'), web],
    'the role allows another spec': () => [
      gmsaCluster().change('ClusterRole', 'use-webapp', r => (r.rules[0].resourceNames = ['other'])),
      web,
    ],
    'the binding stands in another namespace': () => [
      gmsaCluster().change('RoleBinding', 'shop/use-webapp', b => (b.metadata.namespace = 'default')),
      web,
    ],
    'the pods run as another account': () => [
      gmsaCluster().changeSpec('Deployment', 'shop/web', spec => (spec.serviceAccountName = 'robot')),
      {...web, says: /shop\/robot/},
    ],
    'the role only lets it read': () => [
      gmsaCluster().change('ClusterRole', 'use-webapp', r => (r.rules[0].verbs = ['get', 'list'])),
      web,
    ],
  },
  passes: {
    'nobody uses gMSA, and roles may not be listed': () => healthy().without('roles').without('clusterRoles'),
    'the account may use it': () => gmsaCluster(),
    'every account of the namespace may': () =>
      gmsaCluster().change('RoleBinding', 'shop/use-webapp', b => {
        b.subjects = [{kind: 'Group', name: 'system:serviceaccounts:shop'}];
      }),
    'nobody uses gMSA': () => healthy(),
  },
  unknown: {
    'roles may not be listed': () => [gmsaCluster().without('roles'), 'roles'],
    'some bindings could not be read': () => [
      gmsaCluster().partly('clusterRoleBindings'),
      'clusterRoleBindings',
    ],
  },
});
