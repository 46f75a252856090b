import check from '../../../src/checks/hns/network-outside-pod-cidr.ts';
import {ipPool} from '../../helpers/calico.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const subnet = (prefix: string) =>
  hnsOf('networks', {
    v1: ([network]) => (network.Subnets[0].AddressPrefix = prefix),
    v2: ([network]) => (network.Ipams[0].Subnets[0].IpAddressPrefix = prefix),
  });
const plugin = (cluster: TestCluster, conf: Json) =>
  cluster.onNode('win-1', n => n.remove('cni/10-flannel.conflist').set('cni/10-net.conf', conf));
const calico = (cluster: TestCluster) =>
  plugin(cluster, {cniVersion: '1.0.0', name: 'flannel.4096', type: 'calico'});
const win2 = (cluster: TestCluster) =>
  cluster.onNode('win-2', n =>
    n
      .remove('cni/10-flannel.conflist')
      .set('cni/10-net.conf', {cniVersion: '1.0.0', name: 'flannel.4096', type: 'azure-vnet'}),
  );

checkCases({
  check,
  finds: {
    'the range that the node had before': () => [
      subnet('10.244.7.0/24'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /Network `flannel\.4096` of win-1 has the subnet 10\.244\.7\.0\/24, and its `podCIDRs` is 10\.244\.1\.0\/24/,
      },
    ],
    'outside the pools of Calico': () => [
      win2(calico(subnet('10.99.0.64/26'))).add(ipPool({cidr: '10.244.0.0/16'})),
      {subjects: ['Node//win-1'], says: /the address pools of Calico/},
    ],
    'outside the subnet of the hybrid overlay': () => [
      win2(plugin(healthyWithAgents(), {name: 'OVNKubernetesHybridOverlayNetwork', type: 'win-overlay'}))
        .onNode('win-1', n => {
          for (const file of ['hns/networks.json', 'hns/v1-networks.json'])
            n.change(file, ([network]) => (network.Name = 'OVNKubernetesHybridOverlayNetwork'));
        })
        .change('Node', 'win-1', n => {
          n.metadata.annotations['k8s.ovn.org/hybrid-overlay-node-subnet'] = '10.132.0.0/24';
        }),
      {subjects: ['Node//win-1'], says: /its hybrid overlay subnet/},
    ],
  },
  passes: {
    'the node’s own range': () => healthyWithAgents(),
    'a part of it': () => subnet('10.244.1.0/25'),
    'the whole cluster’s range': () => subnet('10.244.0.0/16'),
    'a block of a pool of Calico': () =>
      win2(calico(subnet('10.99.0.64/26'))).add(ipPool({cidr: '10.99.0.0/16'})),
    'Azure takes addresses of its own network': () =>
      plugin(subnet('10.240.0.0/16'), {name: 'flannel.4096', type: 'azure-vnet'}),
    'a second family that the node has no range of': () =>
      hnsOf('networks', {v2: ([network]) => network.Ipams[0].Subnets.push({IpAddressPrefix: 'fd00::/64'})}),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'pools of Calico may not be listed': () => [
      calico(healthyWithAgents()).without('calicoIpPools'),
      'calicoIpPools',
    ],
  },
});
