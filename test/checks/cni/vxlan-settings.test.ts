import check from '../../../src/checks/cni/vxlan-settings.ts';
import {calicoDaemon, ipPool, ipamConfig} from '../../helpers/calico.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json, Raw} from '../../helpers/raw.ts';

const FLANNEL = 'ConfigMap/kube-flannel/kube-flannel-cfg';

function flannel(backend: Json): TestCluster {
  return healthy().change('ConfigMap', 'kube-flannel/kube-flannel-cfg', map => {
    map.data['net-conf.json'] = JSON.stringify({Network: '10.244.0.0/16', Backend: backend});
  });
}

/** Calico as the network of Windows nodes, in place of flannel. */
function calico(backend: string, ...objects: Raw[]): TestCluster {
  return healthy()
    .remove('ConfigMap', 'kube-flannel/kube-flannel-cfg')
    .add(...calicoDaemon([{name: 'CALICO_NETWORKING_BACKEND', value: backend}]), ...objects);
}

const strict = ipamConfig({strictAffinity: true});

checkCases({
  check,
  finds: {
    'an overlay of HNS with a virtual subnet that Windows cannot have': () => [
      healthyWithAgents().onNode('win-1', n =>
        n
          .change('hns/networks.json', list => {
            list[0].Ipams[0].Subnets[0].Policies[0].Settings.IsolationId = 1;
          })
          .remove('hns/v1-networks.json'),
      ),
      {subjects: ['Node//win-1'], cause: 'flannel vxlan', says: /the virtual subnet 1/},
    ],
    'an overlay of HNS on another port': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('hns/networks.json', list => {
          list[0].Policies.push({Type: 'VxlanPort', Settings: {Port: 8472}});
        }),
      ),
      {subjects: ['Node//win-1'], says: /the VXLAN port 8472/},
    ],
    'flannel with a VNI just too low': () => [
      flannel({Type: 'vxlan', VNI: 4095, Port: 4789}),
      {severity: 'error', subjects: [FLANNEL], cause: 'flannel vxlan', says: /VNI 4095 and port 4789/},
    ],
    'flannel with the port of Linux': () => [
      flannel({Type: 'vxlan', VNI: 4096, Port: 8472}),
      {subjects: [FLANNEL]},
    ],
    'flannel with its defaults': () => [
      flannel({Type: 'vxlan'}),
      {subjects: [FLANNEL], says: /VNI 1 \(the default\) and port 8472 \(the default\)/},
    ],
    'Calico that borrows addresses': () => [
      calico('vxlan', ipamConfig({strictAffinity: false}), ipPool({vxlanMode: 'Always'})),
      {
        severity: 'error',
        subjects: ['IPAMConfig//default'],
        cause: 'calico strict affinity',
        says: /is false/,
      },
    ],
    'Calico whose strict affinity is not set': () => [
      calico('windows-bgp', ipamConfig({})),
      {subjects: ['IPAMConfig//default'], says: /is not set/},
    ],
    'a pool with IP-in-IP': () => [
      calico('windows-bgp', strict, ipPool({ipipMode: 'Always'})),
      {subjects: ['IPPool//default-ipv4-ippool'], cause: 'calico pool mode', says: /ipipMode Always/},
    ],
    'a pool with VXLAN across subnets only': () => [
      calico('vxlan', strict, ipPool({vxlanMode: 'CrossSubnet'})),
      {subjects: ['IPPool//default-ipv4-ippool'], says: /vxlanMode CrossSubnet/},
    ],
    'a pool without VXLAN, though Windows uses it': () => [
      calico('vxlan', strict, ipPool({vxlanMode: 'Never'})),
      {
        subjects: ['IPPool//default-ipv4-ippool'],
        says: /vxlanMode Never, but Calico on Windows is set to vxlan/,
      },
    ],
  },
  passes: {
    'what HNS has on healthy nodes': () => healthyWithAgents(),
    'a healthy cluster': () => healthy(),
    'a VNI far above the least': () => flannel({Type: 'vxlan', VNI: 9999, Port: 4789}),
    'flannel with host-gw': () => flannel({Type: 'host-gw'}),
    'flannel without Windows nodes': () =>
      flannel({Type: 'vxlan'}).remove('Node', 'win-1').remove('Node', 'win-2'),
    'Calico as it should be': () => calico('vxlan', strict, ipPool({vxlanMode: 'Always'})),
    'Calico for policies only': () =>
      calico('none', ipamConfig({strictAffinity: false}), ipPool({ipipMode: 'Always'})),
    'a pool for some nodes only': () =>
      calico('vxlan', strict, ipPool({ipipMode: 'Always', nodeSelector: 'kubernetes.io/os == "linux"'})),
  },
  unknown: {
    'ConfigMaps may not be read': () => [healthy().without('configMaps'), 'configMaps'],
    'the configuration of flannel does not parse': () => [
      healthy().change('ConfigMap', 'kube-flannel/kube-flannel-cfg', map => {
        map.data['net-conf.json'] = '{';
      }),
      'configMaps',
    ],
    'Calico without a readable IPAM configuration': () => [
      calico('vxlan').without('calicoIpamConfigs'),
      'calicoIpamConfigs',
    ],
    'Calico that keeps its IPAM configuration elsewhere': () => [calico('vxlan'), 'calicoIpamConfigs'],
    'the CNI conf of the nodes was not read': () => [healthy(), 'node.cni'],
  },
});
