import check from '../../../src/checks/cld/eks-kube-proxy-group.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {eksCluster} from '../../helpers/providers.ts';

const roles = (mapRoles: string) =>
  eksCluster().change('ConfigMap', 'kube-system/aws-auth', m => (m.data = {mapRoles}));
const WITHOUT = '- rolearn: arn:aws:iam::111122223333:role/invented\n  groups: [system:nodes]\n';

checkCases({
  check,
  finds: {
    'the group is missing on a version that knows aws-auth only': () => [
      roles(WITHOUT).version('v1.22.17-eks-0a21954'),
      {severity: 'error', subjects: ['ConfigMap/kube-system/aws-auth']},
    ],
    'a text that is no YAML gives no role': () => [
      roles('- [').version('v1.22.17'),
      {subjects: ['ConfigMap/kube-system/aws-auth']},
    ],
  },
  passes: {
    'a role has the group': () => eksCluster(),
    'another provider': () => healthy(),
    'EKS without Windows nodes': () => roles(WITHOUT).remove('Node', 'win-1').remove('Node', 'win-2'),
  },
  unknown: {
    'access entries may give it': () => [roles(WITHOUT), 'accessEntries'],
    'there is no aws-auth': () => [eksCluster().remove('ConfigMap', 'kube-system/aws-auth'), 'accessEntries'],
    'the first version with access entries': () => [roles(WITHOUT).version('v1.23.0'), 'accessEntries'],
    'the version is not known': () => [roles(WITHOUT).without('version'), 'accessEntries'],
    'ConfigMaps may not be read': () => [eksCluster().without('configMaps'), 'configMaps'],
  },
});
