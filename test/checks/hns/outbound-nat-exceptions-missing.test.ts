import check from '../../../src/checks/hns/outbound-nat-exceptions-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {natExceptionsOf} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const PODS = '10.244.0.0/16';
const SERVICES = '10.96.0.0/12';
const NODES = '192.168.10.0/24';

/** The network's name stays flannel's: only the plug-in that made it is another. */
const plugin = (type: string, more: Json = {}, cluster = healthyWithAgents()): TestCluster =>
  cluster.onNode('win-1', n =>
    n
      .remove('cni/10-flannel.conflist')
      .set('cni/10-net.conflist', {cniVersion: '1.0.0', name: 'flannel.4096', plugins: [{type, ...more}]}),
  );
const bridge = (cluster: TestCluster): TestCluster =>
  cluster.onNode('win-1', n => {
    for (const file of ['hns/networks.json', 'hns/v1-networks.json'])
      n.change(file, ([network]) => (network.Type = 'L2Bridge'));
  });
const found = {subjects: ['Node//win-1']};

checkCases({
  check,
  finds: {
    'the pods of other nodes': () => [
      natExceptionsOf(['10.244.1.0/24', SERVICES]),
      {
        ...found,
        severity: 'warning',
        cause: 'pods',
        says: /win-1 has 1 endpoint of pods whose outbound NAT does not except the pods of linux-0 \(10\.244\.0\.0\/24\) and the pods of win-2/,
      },
    ],
    'a Service outside the range': () => [
      natExceptionsOf([PODS, '10.96.0.0/24']),
      {...found, cause: 'Services', says: /Service shop\/web \(10\.96\.30\.1\)/},
    ],
    'the nodes, on a bridge': () => [
      bridge(natExceptionsOf([PODS, SERVICES])),
      {...found, cause: 'nodes', says: /node linux-0 \(192\.168\.10\.10\)/},
    ],
    'the nodes, in Azure’s own network': () => [
      plugin('azure-vnet', {}, natExceptionsOf([PODS])),
      {...found, cause: 'nodes'},
    ],
    'the pod itself, in Azure’s overlay': () => [
      plugin('azure-vnet', {ipam: {mode: 'v4overlay'}}, natExceptionsOf(['10.224.0.0/12'])),
      {...found, cause: 'pods', says: /the pod itself/},
    ],
    'Services, under Calico': () => [
      plugin('calico', {}, natExceptionsOf([PODS])),
      {...found, cause: 'Services'},
    ],
    'no policy, and the CNI gives one': () => [
      plugin(
        'win-overlay',
        {policies: [{Name: 'EndpointPolicy', Value: {Type: 'OutBoundNAT', ExceptionList: [PODS]}}]},
        natExceptionsOf(undefined),
      ),
      {...found, cause: 'no policy', says: /1 endpoint of pods without outbound NAT/},
    ],
  },
  passes: {
    'pods and Services': () => healthyWithAgents(),
    'each node’s range by itself': () =>
      natExceptionsOf(['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24', SERVICES]),
    'the nodes are excepted, too, on a bridge': () => bridge(natExceptionsOf([PODS, SERVICES, NODES])),
    'Azure’s overlay excepts pods alone': () =>
      plugin('azure-vnet', {ipam: {mode: 'v4overlay'}}, natExceptionsOf([PODS])),
    'Azure translates no address of a Service': () =>
      plugin('azure-vnet', {}, natExceptionsOf([PODS, NODES])),
    'no policy, and the CNI gives none': () => natExceptionsOf(undefined),
    'Open vSwitch translates elsewhere': () => plugin('antrea', {}, natExceptionsOf([])),
    'a family of which nothing is translated': () =>
      healthyWithAgents().change('Node', 'win-2', n => n.spec.podCIDRs.push('fd00:10:244:2::/64')),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'Services may not be listed': () => [healthyWithAgents().without('services'), 'services'],
  },
});
