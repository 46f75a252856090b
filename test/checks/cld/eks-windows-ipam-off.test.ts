import check from '../../../src/checks/cld/eks-windows-ipam-off.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {eksCluster} from '../../helpers/providers.ts';

const saying = (value?: string) =>
  eksCluster().change('ConfigMap', 'kube-system/amazon-vpc-cni', m => {
    m.data = value === undefined ? {} : {'enable-windows-ipam': value};
  });
const both = {severity: 'error' as const, subjects: ['Node//win-1', 'Node//win-2']};
const addresses = (n: {status: {capacity: Record<string, string>}}) => {
  n.status.capacity['vpc.amazonaws.com/PrivateIPv4Address'] = '14';
};

checkCases({
  check,
  finds: {
    'it is switched off': () => [saying('false'), {...both, says: /enable-windows-ipam: false/}],
    'nothing is said': () => [saying(), {...both, says: /does not say/}],
    'there is no ConfigMap': () => [
      eksCluster().remove('ConfigMap', 'kube-system/amazon-vpc-cni'),
      {...both, says: /there is no ConfigMap/},
    ],
    'only the nodes without addresses are meant': () => [
      saying('false').change('Node', 'win-1', addresses),
      {severity: 'error', subjects: ['Node//win-2']},
    ],
    'the same where DaemonSets may not be listed': () => [saying('false').without('daemonSets'), both],
  },
  passes: {
    'it is on': () => eksCluster(),
    'nodes that have addresses prove it': () =>
      saying().change('Node', 'win-1', addresses).change('Node', 'win-2', addresses),
    'another CNI': () => saying('false').remove('DaemonSet', 'kube-system/aws-node'),
    'EKS without Windows nodes': () => saying('false').remove('Node', 'win-1').remove('Node', 'win-2'),
    'another provider': () => healthy(),
  },
  unknown: {
    'ConfigMaps may not be read': () => [eksCluster().without('configMaps'), 'configMaps'],
    'the nodes may not be listed': () => [eksCluster().without('nodes'), 'nodes'],
  },
});
