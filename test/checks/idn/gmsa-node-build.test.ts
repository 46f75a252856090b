import check from '../../../src/checks/idn/gmsa-node-build.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';

/** By a plug-in, on nodes outside the domain. */
const outside = () =>
  gmsaCluster().changeAll('GMSACredentialSpec', s => {
    s.credspec.ActiveDirectoryConfig.HostAccountConfig = {
      PluginGUID: '{x}',
      PluginInput: 'x',
      PortableCcgVersion: '1',
    };
  });
const running = (kernelVersion: string, cluster = outside()) =>
  cluster.change('Node', 'win-1', n => (n.status.nodeInfo.kernelVersion = kernelVersion));

checkCases({
  check,
  finds: {
    'Windows Server 2019 one revision too old': () => [
      running('10.0.17763.1816'),
      {severity: 'error', subjects: ['Node//win-1'], says: /17763\.1816.*17763\.1817/},
    ],
    'a node of the domain, as a warning': () => [
      running('10.0.17763.1816', gmsaCluster()),
      {severity: 'warning', subjects: ['Node//win-1']},
    ],
    'a node of which nobody knows whether it is of the domain': () => [
      running('10.0.17763.1816', gmsaCluster().without('gmsaCredentialSpecs')),
      {severity: 'error', subjects: ['Node//win-1']},
    ],
    'a node that pods waiting for a place may get': () => [
      running('10.0.17763.1', gmsaCluster().removeAll('Pod')).changeSpec('Deployment', 'shop/web', spec => {
        spec.nodeSelector = {'kubernetes.io/os': 'windows'};
      }),
      {subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'the first revision that can': () => running('10.0.17763.1817'),
    'Windows Server 2022': () => gmsaCluster(),
    'an old node that no pod with a gMSA may get': () =>
      running('10.0.17763.1', gmsaCluster().remove('Pod', 'shop/web-0')).change('Node', 'win-1', n => {
        n.metadata.labels['node.kubernetes.io/windows-build'] = '10.0.17763';
      }),
    'an old node where nobody uses gMSA': () => running('10.0.17763.1', healthy()),
  },
  unknown: {
    'the nodes may not be listed': () => [gmsaCluster().without('nodes'), 'nodes'],
    'the node names no revision': () => [running('10.0.17763'), 'nodes'],
  },
});
