import test from 'ava';
import {activeCni, namedNetworks, pluginOf} from '../../../src/hns/cni-network.ts';
import {NO_CNI, takeCni} from '../../../src/node/cni.ts';
import {readJson} from '../../../src/node/json.ts';
import {testWithSample} from '../../helpers/samples.ts';

/** Configurations as installers write them (`data/hns/INDEX.md`): the network that each names, and types of its policies. */
const SAMPLES: Record<string, {network: string | undefined; policies: string}> = {
  'acn-azure-windows-multitenancy.conflist': {
    network: 'azure*',
    policies: 'OutBoundNAT SDNRoute ACL ACL ACL',
  },
  'acn-azure-windows-swift-overlay-dualstack.conflist': {network: 'azure*', policies: 'OutBoundNAT SDNRoute'},
  'acn-azure-windows-swiftv2-stateless.conflist': {network: 'azure*', policies: ''},
  'acn-azure-windows.conflist': {network: 'azure*', policies: 'OutBoundNAT SDNRoute'},
  'aks-10-azure.Expect.CiliumNodeSubnet.conflist': {
    network: 'azure*',
    policies: 'OutBoundNAT ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.DisableOutboundNat.conflist': {
    network: 'azure*',
    policies: 'LoopbackDSR ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.DisableWinDSR.conflist': {
    network: 'azure*',
    policies: 'OutBoundNAT SDNRoute ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.EnableIMDSRestriction.conflist': {
    network: 'azure*',
    policies: 'OutBoundNAT ACL ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.EnableWinDSR.conflist': {network: 'azure*', policies: 'OutBoundNAT ACL ACL ACL ACL'},
  'aks-10-azure.Expect.Overlay.conflist': {network: 'azure*', policies: 'OutBoundNAT ACL ACL ACL ACL'},
  'aks-10-azure.Expect.OverlayDualStack.conflist': {
    network: 'azure*',
    policies: 'OutBoundNAT OutBoundNAT ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.Swift.DisableOutboundNAT.conflist': {
    network: 'azure*',
    policies: 'LoopbackDSR ACL ACL ACL ACL',
  },
  'aks-10-azure.Expect.Swift.conflist': {network: 'azure*', policies: 'OutBoundNAT ACL ACL ACL ACL'},
  'flannel-win-overlay.json': {network: 'vxlan0', policies: 'OutBoundNAT SDNRoute'},
  'sdn-flannel-l2bridge-cni.conf.json': {network: 'cbr0', policies: 'OutBoundNAT SDNRoute SDNRoute'},
  'sdn-flannel-overlay-cni.conf.json': {network: 'vxlan0', policies: 'OutBoundNAT SDNRoute'},
  'wcn-l2bridge-dualstack-cni-template.conf.json': {
    network: undefined,
    policies: 'OutBoundNAT OutBoundNAT ACL ACL ACL ACL ACL ACL ACL ACL',
  },
  'wcn-l2bridge.conf.json': {network: 'l2bridgeNetwork', policies: 'OutBoundNAT SDNRoute SDNRoute'},
  'wcn-l2tunnel.conf.json': {network: 'l2tunnelNetwork', policies: 'OutBoundNAT SDNRoute'},
  'wcn-nat.conf.json': {network: 'natNetwork', policies: ''},
};

const cniOf = (text: string) => takeCni(NO_CNI, 'cni/10-net.conf', readJson(text));

for (const [file, {network, policies}] of Object.entries(SAMPLES)) {
  testWithSample(
    `${file} names ${network ?? 'no network that is known'}`,
    `hns/cni-conf/${file}`,
    (t, text) => {
      const cni = cniOf(text);
      t.is(namedNetworks(cni, undefined)[0]?.name, network);
      t.is(
        activeCni(cni)
          ?.policies.map(p => p.type)
          .join(' '),
        policies,
      );
    },
  );
}

for (const file of [
  'wcn-flannel_l2bridge.conf.json',
  'wcn-flannel_overlay.conf.json',
  'calico-cni.conf.template.txt',
]) {
  testWithSample(`${file} is no JSON, which containerd refuses, too`, `hns/cni-conf/${file}`, (t, text) => {
    t.is(activeCni(cniOf(text)), undefined);
  });
}

for (const file of ['sdn-flannel-l2bridge-net-conf.json', 'acn-cns-create-hns-network-request.json']) {
  testWithSample(`${file} is no configuration of CNI`, `hns/cni-conf/${file}`, (t, text) => {
    t.is(activeCni(cniOf(text)), undefined);
  });
}

test('a placeholder in place of the plug-in is none', t => {
  t.is(
    pluginOf({file: 'x', name: 'x', plugins: [{type: '<type>', pointer: '/type'}], policies: []}),
    'other',
  );
});
