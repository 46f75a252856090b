import type {HnsNetwork} from '../../hns/model.ts';
import {parseIp, sameIp} from '../../kube/ip.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn} from './shared/kube-proxy-on.ts';
import {internalIps} from './shared/node-ips.ts';
import {podNetworks} from './shared/pod-networks.ts';
import {v1Gap} from './shared/v1-gap.ts';

/** What Windows gives itself where no DHCP server answers. */
const SELF_GIVEN = /^169\.254\./;

export default defineCheck({
  id: 'HNS005',
  name: 'management-ip-wrong',
  severity: 'error',
  since: '0.1.0',
  title: 'The pod network hangs on the wrong address of the node',
  evidence: ['A', 'N'],
  needs: ['nodes', 'node.hns.networks', 'node.cni'],
  wants: [...KUBE_PROXY_WANTS, 'node.hns'],
  perNode: true,
  docs: {
    what: 'The management address of the HNS networks that CNI or kube-proxy name on each Windows node: it must be an internal address of the Node object of its family, and not one that Windows gave itself (169.254.0.0/16). Only the older generation of HNS’s answers has it.',
    why: 'HNS takes the first adapter it finds, which on a node with several is often the wrong one, or one that had no address yet. Other nodes then send packets for its pods to an address that leads nowhere.',
    fix: [
      'See the addresses of the node: `ipconfig /all`. Where one is 169.254.x.x, renew it: `ipconfig /renew`; connections of the node break for a moment.',
      'Tell the CNI which adapter to take: `--iface` of flannel, `IP_AUTODETECTION_METHOD` or `VXLAN_ADAPTER` of Calico, `adapterName` of Azure’s.',
      'Where the Node object is wrong, start the kubelet with `--node-ip`.',
      'Drain the node, delete the network and restart the CNI’s agent, which makes it anew. All pods of the node must be made anew.',
    ],
    links: [
      'https://github.com/kubernetes-sigs/sig-windows-tools/issues/105',
      'https://docs.tigera.io/calico/latest/reference/configure-calico-node',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.hns.networks', 'node.cni'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const proxied = kubeProxyOn(node, wants).networkName?.value;
      const {networks} = podNetworks(facts['node.hns.networks'], facts['node.cni'], proxied);
      const own = internalIps(node);
      if (networks.length === 0 || own.length === 0) {
        yield skip('HNS has no network that CNI or kube-proxy name, or the node has no internal address');
        return;
      }
      const hnsRef = hnsRefs(at, 'networks');
      const fails = networks.flatMap((network): Fail[] => {
        const wrong = wrongIn(
          network,
          own.map(o => o.address),
        );
        if (wrong === undefined) return [];
        const isSelfGiven = SELF_GIVEN.test(wrong);
        return [
          fail(node, {
            cause: isSelfGiven ? 'given by Windows itself' : 'another address',
            message: `Network \`${network.name}\` of ${name} hangs on ${wrong}${isSelfGiven ? ', which Windows gave itself' : ''}, and the node is ${own.map(o => o.address).join(' and ')}`,
            evidence: [
              hnsRef(network, 'managementIps', wrong.includes(':') ? {} : {value: wrong}),
              ...own.map(({address, position}) =>
                ref(node, `/status/addresses/${position}/address`, address),
              ),
            ],
          }),
        ];
      });
      if (fails.length > 0) yield* fails;
      else if (networks.some(n => n.managementIps.length > 0)) yield pass(node);
      else yield unknown(node, 'node.hns', v1Gap(wants['node.hns'], name, 'networks'));
    });
  },
});

/** A management address that is none of the node’s of its family. */
function wrongIn({managementIps}: HnsNetwork, own: readonly string[]): string | undefined {
  return managementIps.find(ip => {
    const ofFamily = own.filter(o => parseIp(o)?.family === parseIp(ip)?.family);
    // A node may use a family that the cluster does not know.
    return ofFamily.length > 0 && !ofFamily.some(o => sameIp(o, ip));
  });
}
