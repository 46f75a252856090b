import check from '../../../src/checks/cld/eks-kube-proxy-group.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {healthyNode} from '../../helpers/healthy-node.ts';
import {eksCluster} from '../../helpers/providers.ts';

const roles = (mapRoles: string) =>
  eksCluster().change('ConfigMap', 'kube-system/aws-auth', m => (m.data = {mapRoles}));
const WITHOUT = '- rolearn: arn:aws:iam::111122223333:role/invented\n  groups: [system:nodes]\n';

const LOG = 'logs/kube-proxy/kube-proxy.log';
const AFTER = 'I0901 11:59:40.000000    4300 proxier.go:955] "syncProxyRules complete"';
const FORBIDDEN = (at: string) =>
  `E0901 ${at}.000000    4300 reflector.go:205] "Failed to watch" err="services is forbidden: User \\"system:node:a\\" cannot list resource \\"services\\""`;

/** Agents on both nodes; kube-proxy of `win-1` wrote these lines. */
const logged = (...lines: string[]): TestCluster =>
  roles(WITHOUT)
    .agents(healthyNode('win-1'), healthyNode('win-2'))
    .onNode('win-1', n => n.set(LOG, lines.join('\n')));

checkCases({
  check,
  finds: {
    'kube-proxy that is refused, by its log': () => [
      logged(FORBIDDEN('11:59:10'), AFTER),
      {
        severity: 'error',
        subjects: ['Node//win-1'],
        cause: 'kube-proxy-forbidden',
        says: /services is forbidden/,
      },
    ],
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
    'logs without a refusal, whatever gives the right': () => logged(AFTER),
    'a refusal of two hours ago': () => logged(FORBIDDEN('09:59:10'), AFTER),
    'a role has the group': () => eksCluster(),
    'another provider': () => healthy(),
    'EKS without Windows nodes': () => roles(WITHOUT).remove('Node', 'win-1').remove('Node', 'win-2'),
  },
  unknown: {
    'kube-proxy of a node writes no file': () => [
      logged(AFTER).onNode('win-2', n => n.remove(LOG)),
      'accessEntries',
    ],
    'access entries may give it': () => [roles(WITHOUT), 'accessEntries'],
    'there is no aws-auth': () => [eksCluster().remove('ConfigMap', 'kube-system/aws-auth'), 'accessEntries'],
    'the first version with access entries': () => [roles(WITHOUT).version('v1.23.0'), 'accessEntries'],
    'the version is not known': () => [roles(WITHOUT).without('version'), 'accessEntries'],
    'ConfigMaps may not be read': () => [eksCluster().without('configMaps'), 'configMaps'],
  },
});
