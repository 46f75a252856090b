import check from '../../../src/checks/cni/network-name-differs.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const flag = (name: string | undefined) =>
  onWin1(n =>
    n.change('processes.json', (all: Json[]) => {
      const {flags} = all.find(p => p.image === 'kube-proxy.exe');
      if (name === undefined) delete flags['network-name'];
      else flags['network-name'] = name;
    }),
  );
/** kube-proxy that a script starts, so that its command line says nothing. */
const env = (value: string) => {
  const cluster = healthyWithAgents().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
    spec.containers[0].env = [{name: 'KUBE_NETWORK', value}];
  });
  for (const name of ['win-1', 'win-2'])
    cluster.onNode(name, n => n.change('processes.json', p => (p[2].flags = {config: 'C:\\conf'})));
  return cluster;
};
const noNetworks = (cluster: ReturnType<typeof healthyWithAgents>) =>
  cluster.onNode('win-1', n => n.set('hns/networks.json', []).set('hns/v1-networks.json', []));

checkCases({
  check,
  finds: {
    'kube-proxy serves another network': () => [
      flag('cbr0'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /On win-1 the CNI configuration names network `flannel\.4096`, and kube-proxy serves `cbr0`; HNS has `flannel\.4096`/,
      },
    ],
    'its DaemonSet says so': () => [env('cbr0'), {subjects: ['Node//win-1', 'Node//win-2']}],
    'the CNI names another, and HNS has both': () => [
      onWin1(n => {
        n.change('cni/10-flannel.conflist', c => (c.name = 'vxlan0'));
        n.change('hns/v1-networks.json', list =>
          list.push({ID: '0DADA000-0000-4000-8000-0000000000FF', Name: 'vxlan0', Type: 'Overlay', State: 1}),
        );
      }),
      {subjects: ['Node//win-1']},
    ],
    'HNS has neither': () => [noNetworks(flag('cbr0')), {subjects: ['Node//win-1'], says: /HNS has none/}],
  },
  passes: {
    'both serve one': () => healthyWithAgents(),
    'in another case': () => flag('Flannel.4096'),
    'by the start of its name': () => env('flannel.*'),
    'HNS has it not, and both name it': () => noNetworks(flag('flannel.4096')),
    'what kube-proxy serves is not known': () =>
      flag(undefined).onNode('win-1', n => n.change('processes.json', p => (p[2].flags.config = 'C:\\conf'))),
    'a plug-in that is not known': () =>
      flag('cbr0').onNode('win-1', n =>
        n
          .remove('cni/10-flannel.conflist')
          .set('cni/10-own.conf', {cniVersion: '1.0.0', name: 'own', type: 'own-cni'}),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cni'],
    'networks could not be read': () => [
      onWin1(n =>
        n
          .without('hns/networks.json', 'timeout', 'HNS did not answer')
          .without('hns/v1-networks.json', 'timeout', 'HNS did not answer'),
      ),
      'node.hns.networks',
    ],
  },
});
