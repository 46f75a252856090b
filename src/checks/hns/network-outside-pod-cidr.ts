import type {HnsPlugin} from '../../hns/cni-network.ts';
import type {HnsNetwork} from '../../hns/model.ts';
import {netsOverlap, parseNet} from '../../kube/ip.ts';
import type {CustomObject, Node} from '../../kube/types.ts';
import type {Evidence, Missing} from '../../snapshot/evidence.ts';
import type {Fail, Ref} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn} from './shared/kube-proxy-on.ts';
import {podNetworks} from './shared/pod-networks.ts';

/** Plug-ins that take the addresses of pods from the range that the Node object has. */
const BY_POD_CIDR: ReadonlySet<HnsPlugin> = new Set(['flannel', 'windows', 'antrea']);
/** https://github.com/ovn-kubernetes/ovn-kubernetes/blob/master/go-controller/hybrid-overlay/pkg/types/types.go */
const OVN_SUBNET = 'k8s.ovn.org/hybrid-overlay-node-subnet';

/** Ranges that a node's pods may have addresses of. */
interface Ranges {
  ranges: readonly string[];
  /** What gives them, as a message says it. */
  from: string;
  proof: Ref[];
}

export default defineCheck({
  id: 'HNS006',
  name: 'network-outside-pod-cidr',
  severity: 'error',
  since: '0.1.0',
  title: 'The pod network has addresses that are not the node’s',
  evidence: ['A', 'N'],
  needs: ['nodes', 'node.hns.networks', 'node.cni'],
  wants: [...KUBE_PROXY_WANTS, 'calicoIpPools'],
  perNode: true,
  docs: {
    what: 'The subnets of the HNS networks that CNI or kube-proxy name on each Windows node. Under flannel, Antrea and Microsoft’s own plug-ins they must lie in the node’s `podCIDRs`, under OVN-Kubernetes in the subnet that the Node is annotated with, under Calico in an address pool. Azure’s and Amazon’s plug-ins take addresses of the cloud’s network and are left out.',
    why: 'The range of a node changes when its Node object is made anew, and HNS keeps the old network: other nodes send packets for the pods elsewhere, or two nodes use one range.',
    fix: [
      'See both: `kubectl get node NODE -o jsonpath={.spec.podCIDRs}` and `kubectl win hns networks --node NODE`.',
      'Drain the node, delete the network (`Get-HnsNetwork | Where-Object Name -eq NAME | Remove-HnsNetwork`) and what the CNI has stored of it, and restart the CNI’s agent. All pods of the node must be made anew.',
    ],
    links: [
      'https://github.com/projectcalico/calico/issues/4533',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.hns.networks', 'node.cni'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const proxied = kubeProxyOn(node, wants).networkName?.value;
      const {networks, plugin} = podNetworks(facts['node.hns.networks'], facts['node.cni'], proxied);
      if (networks.length === 0 || plugin === undefined) {
        yield skip('HNS has no network that CNI or kube-proxy name');
        return;
      }
      const found = rangesOf(node, plugin, wants.calicoIpPools);
      if (found === undefined) {
        yield skip(`the node has no range of its own under ${plugin}`);
        return;
      }
      if ('reason' in found) {
        yield unknown(node, 'calicoIpPools', found);
        return;
      }
      const hnsRef = hnsRefs(at, 'networks');
      const fails = networks.flatMap((network): Fail[] => {
        const outside = outsideOf(network, found.ranges);
        return outside === undefined
          ? []
          : [
              fail(node, {
                cause: `outside ${found.from}`,
                message: `Network \`${network.name}\` of ${name} has the subnet ${outside}, and ${found.from} ${found.ranges.length === 1 ? 'is' : 'are'} ${found.ranges.join(', ')}`,
                evidence: [hnsRef(network, 'subnets'), ...found.proof],
              }),
            ];
      });
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

/** Ranges of a node, or why they are not known; undefined where it has none by this plug-in. */
function rangesOf(
  node: Node,
  plugin: HnsPlugin,
  pools: Evidence<CustomObject[]>,
): Ranges | Missing | undefined {
  const {podCIDRs, podCIDR} = node.spec;
  const own = podCIDRs ?? (podCIDR === undefined ? [] : [podCIDR]);
  if (BY_POD_CIDR.has(plugin) && own.length > 0) {
    return {ranges: own, from: 'its `podCIDRs`', proof: [ref(node, '/spec/podCIDRs', own)]};
  }
  if (plugin === 'ovn-hybrid') {
    const subnet = node.metadata.annotations?.[OVN_SUBNET];
    const pointer = `/metadata/annotations/${OVN_SUBNET.replaceAll('/', '~1')}`;
    return subnet === undefined
      ? undefined
      : {ranges: [subnet], from: 'its hybrid overlay subnet', proof: [ref(node, pointer, subnet)]};
  }
  if (plugin !== 'calico') return undefined;
  if (!pools.ok) return pools;
  const live = pools.value.filter(p => typeof p.spec?.['cidr'] === 'string');
  // Calico may keep its pools in etcd; its own blocks may also be the node's range.
  if (live.length === 0) return undefined;
  return {
    ranges: [...live.map(p => String(p.spec?.['cidr'])), ...own],
    from: 'the address pools of Calico',
    proof: live.map(p => ref(p, '/spec/cidr', p.spec?.['cidr'])),
  };
}

/** A subnet that has nothing in common with any range of its family. */
function outsideOf({subnets}: HnsNetwork, ranges: readonly string[]): string | undefined {
  const nets = ranges.flatMap(r => parseNet(r) ?? []);
  return subnets
    .map(s => s.prefix)
    .find(prefix => {
      const subnet = parseNet(prefix);
      const ofFamily = nets.filter(n => n.family === subnet?.family);
      return subnet !== undefined && ofFamily.length > 0 && !ofFamily.some(n => netsOverlap(n, subnet));
    });
}
