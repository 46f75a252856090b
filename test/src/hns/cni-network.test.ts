import test from 'ava';
import type {HnsPlugin} from '../../../src/hns/cni-network.ts';
import {activeCni, bearsName, forwardsByOvs, namedNetworks, pluginOf} from '../../../src/hns/cni-network.ts';
import {readNetwork} from '../../../src/hns/read-networks.ts';
import type {NodeCni} from '../../../src/node/cni.ts';
import {NO_CNI, takeCni} from '../../../src/node/cni.ts';
import {readJson} from '../../../src/node/json.ts';

function cniOf(files: Record<string, string>): NodeCni {
  return Object.entries(files).reduce((cni, [file, text]) => takeCni(cni, file, readJson(text)), NO_CNI);
}

const network = (name: string, extensions: [string, boolean][] = []) =>
  readNetwork({Name: name, Extensions: extensions.map(([Id, IsEnabled]) => ({Id, IsEnabled}))}, {v1: 0});

/** A configuration of each plug-in as it stands on nodes, the network that it names, and one that bears the name. */
const CONFIGS: [string, HnsPlugin, string, string][] = [
  [
    '{"name": "vxlan0", "type": "flannel", "delegate": {"type": "win-overlay"}}',
    'flannel',
    'vxlan0',
    'vxlan0',
  ],
  [
    '{"name": "flannel.4096", "plugins": [{"type": "flannel", "delegate": {"type": "sdnoverlay"}}]}',
    'flannel',
    'flannel.4096',
    'flannel.4096',
  ],
  ['{"name": "cbr0", "type": "win-bridge"}', 'windows', 'cbr0', 'cbr0'],
  ['{"name": "l2bridgeNetwork", "type": "sdnbridge"}', 'windows', 'l2bridgeNetwork', 'l2bridgenetwork'],
  ['{"name": "Calico", "type": "calico", "mode": "vxlan"}', 'calico', 'Calico', 'Calico'],
  ['{"name": "azure", "plugins": [{"type": "azure-vnet", "mode": "bridge"}]}', 'azure', 'azure*', 'azure'],
  ['{"name": "antrea", "plugins": [{"type": "antrea"}]}', 'antrea', 'antrea-hnsnetwork', 'antrea-hnsnetwork'],
  ['{"name": "vpc", "type": "vpc-bridge"}', 'aws-vpc', 'vpcbr*', 'vpcbr06684cbed472'],
  [
    '{"name": "OVNKubernetesHybridOverlayNetwork", "type": "win-overlay"}',
    'ovn-hybrid',
    'OVNKubernetesHybridOverlayNetwork',
    'OVNKubernetesHybridOverlayNetwork',
  ],
];

for (const [text, plugin, name, found] of CONFIGS) {
  test(`${plugin} with ${text.slice(0, 40)}… names the network ${name}`, t => {
    const cni = cniOf({'cni/10-net.conf': text});
    const config = activeCni(cni);
    t.is(config && pluginOf(config), plugin);
    const [named, ...others] = namedNetworks(cni, undefined);
    t.deepEqual(named, {name, by: 'cni', file: 'cni/10-net.conf'});
    t.deepEqual(others, []);
    t.true(named && bearsName(network(found), named));
    t.false(named && bearsName(network('nat'), named));
  });
}

test('the first valid configuration by name counts', t => {
  const cni = cniOf({
    'cni/20-b.conf': '{"name": "b", "type": "win-bridge"}',
    'cni/10-a.conf': '{"name": "a", "type": "win-bridge"}',
    'cni/00-broken.conf': '{"name": ',
  });
  t.is(activeCni(cni)?.name, 'a');
  t.is(activeCni(NO_CNI), undefined);
});

test('kube-proxy names a network of its own, or the same, or one by its beginning', t => {
  const cni = cniOf({'cni/10-calico.conf': '{"name": "Calico", "type": "calico"}'});
  t.deepEqual(
    namedNetworks(cni, 'cbr0').map(n => `${n.by} ${n.name}`),
    ['cni Calico', 'kube-proxy cbr0'],
  );
  t.is(namedNetworks(cni, 'Calico').length, 1);
  const [, named] = namedNetworks(cni, 'Calico.*');
  t.true(named && bearsName(network('Calico'), named));
  t.false(named && bearsName(network('External'), named));
  t.deepEqual(namedNetworks(undefined, 'cbr0'), [{name: 'cbr0', by: 'kube-proxy'}]);
});

test('a plug-in that is not known names nothing', t => {
  t.deepEqual(namedNetworks(cniOf({'cni/10.conf': '{"name": "x", "type": "my-own"}'}), undefined), []);
});

const OVS = '583CC151-73EC-4A6A-8B47-578297AD7623';

test('Open vSwitch forwards where its extension is on, and not where it only is there', t => {
  t.true(forwardsByOvs(network('antrea-hnsnetwork', [[OVS, true]])));
  t.false(forwardsByOvs(network('nat', [[OVS, false]])));
});
