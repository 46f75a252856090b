import check from '../../../src/checks/cib/ci-permission-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {FARM, ciFarm} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'no right at all': () => [
      ciFarm().remove('RoleBinding', 'builds/ci'),
      {
        severity: 'error',
        subjects: ['Deployment/harness/delegate'],
        says: /create.*pods; .*secrets; list, watch events/,
      },
    ],
    'one verb is missing': () => [
      ciFarm().change('Role', 'builds/ci', role => role.rules[0].verbs.pop()),
      {subjects: ['Deployment/harness/delegate'], says: /builds`: delete pods; delete secrets$/},
    ],
    'the rights hold in another namespace': () => [
      ciFarm().with('ciRequest', {...FARM, namespace: 'shop'}),
      {subjects: ['Deployment/harness/delegate']},
    ],
    'the rights are those of another account': () => [
      ciFarm().changeSpec('Deployment', 'harness/delegate', spec => (spec.serviceAccountName = 'other')),
      {subjects: ['Deployment/harness/delegate'], says: /harness\/other/},
    ],
  },
  passes: {
    'the least that builds need': () => ciFarm(),
    'cluster-admin, as the delegate is installed by default': () =>
      ciFarm()
        .remove('RoleBinding', 'builds/ci')
        .add(
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'ClusterRole',
            metadata: {name: 'cluster-admin'},
            rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}],
          },
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'ClusterRoleBinding',
            metadata: {name: 'delegate'},
            roleRef: {kind: 'ClusterRole', name: 'cluster-admin'},
            subjects: [{kind: 'ServiceAccount', namespace: 'harness', name: 'default'}],
          },
        ),
  },
  unknown: {
    'nobody named the farm': () => [healthy(), 'ciRequest'],
    'no delegate was named': () => [
      ciFarm().with('ciRequest', {namespace: 'builds', serviceAccount: 'builder'}),
      'ciRequest',
    ],
    'the delegate is not there': () => [
      ciFarm().remove('Deployment', 'harness/delegate').removeAll('Pod').removeAll('ReplicaSet'),
      'workloads',
    ],
    'some role bindings could not be read': () => [ciFarm().partly('roleBindings'), 'roleBindings'],
    'cluster roles may not be listed': () => [ciFarm().without('clusterRoles'), 'clusterRoles'],
  },
});
