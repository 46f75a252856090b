import check from '../../../src/checks/hns/pod-network-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const gone = {v1: (list: Json[]) => list.splice(0), v2: (list: Json[]) => list.splice(0)};
const azure = (edit: (cluster: ReturnType<typeof healthyWithAgents>) => void = () => {}) => {
  const cluster = hnsOf('networks', gone).onNode('win-1', n => {
    n.set('cni/10-azure.conflist', {cniVersion: '0.3.0', name: 'azure', plugins: [{type: 'azure-vnet'}]});
    n.remove('cni/10-flannel.conflist');
    n.change('processes.json', p => delete p[2].flags['network-name']);
  });
  edit(cluster);
  return cluster;
};

checkCases({
  check,
  finds: {
    'HNS has lost it': () => [
      hnsOf('networks', gone),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'cni',
        says: /Network `flannel\.4096`, which the CNI configuration names, is not on win-1: HNS has none/,
      },
    ],
    'another is there instead': () => [
      onWin1(n => n.change('cni/10-flannel.conflist', c => (c.name = 'vxlan0'))),
      {
        subjects: ['Node//win-1'],
        says: /`vxlan0`, which the CNI configuration names, is not on win-1: HNS has `flannel\.4096`/,
      },
    ],
    'kube-proxy looks for another': () => [
      onWin1(n => n.change('processes.json', p => (p[2].flags['network-name'] = 'cbr0'))),
      {subjects: ['Node//win-1'], cause: 'kube-proxy', says: /`cbr0`, which kube-proxy names/},
    ],
    'Azure’s is missing, and pods are there': () => [azure(), {subjects: ['Node//win-1']}],
  },
  passes: {
    'it is there': () => healthyWithAgents(),
    'its case is another': () =>
      hnsOf('networks', {
        v1: ([network]) => (network.Name = 'Flannel.4096'),
        v2: ([network]) => (network.Name = 'Flannel.4096'),
      }),
    'Azure’s comes with the first pod': () =>
      azure(c => c.onNode('win-1', n => n.change('cri/sandboxes.json', s => s.items.splice(0)))),
    'Amazon’s has a name of its own': () =>
      onWin1(n => {
        n.set('cni/vpc-bridge.conf', {cniVersion: '0.3.1', name: 'vpc', type: 'vpc-bridge'});
        n.remove('cni/10-flannel.conflist');
        for (const file of ['hns/networks.json', 'hns/v1-networks.json'])
          n.change(file, ([network]) => (network.Name = 'vpcbr06684cbed472'));
        n.change('processes.json', p => (p[2].flags['network-name'] = 'vpcbr06684cbed472'));
      }),
    'a plug-in that is not known names nothing': () =>
      hnsOf('networks', gone).onNode('win-1', n => {
        n.set('cni/10-own.conf', {cniVersion: '1.0.0', name: 'own', type: 'own-cni'});
        n.remove('cni/10-flannel.conflist');
        n.change('processes.json', p => delete p[2].flags['network-name']);
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'the CNI configuration may not be read': () => [
      onWin1(n => n.without('cni/10-flannel.conflist').without('cni/bin.json')),
      'node.cni',
    ],
  },
});
