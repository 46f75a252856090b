import type {HnsPlugin, NamedNetwork} from '../../hns/cni-network.ts';
import {bearsName} from '../../hns/cni-network.ts';
import type {Setting} from '../../kube-proxy/settings.ts';
import {valueOn} from '../../node/on-node.ts';
import {MINUTE, millis} from '../../snapshot/time.ts';
import {list} from '../../text/words.ts';
import type {Ref} from '../define.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import type {SeenNode} from '../each-node.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn, settingRef} from './shared/kube-proxy-on.ts';
import {podNetworks} from './shared/pod-networks.ts';

/** Plug-ins that make their network when the first pod comes; those of the others have an agent that does. */
const WITH_THE_FIRST_POD: ReadonlySet<HnsPlugin> = new Set(['azure', 'aws-vpc', 'windows']);
/** After a start of the node CNI agents wait for the API server and for an address. */
const START = 10 * MINUTE;

export default defineCheck({
  id: 'HNS002',
  name: 'pod-network-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'The pod network of nodes is not there',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.networks', 'node.cni', 'node.cri.sandboxes'],
  wants: [...KUBE_PROXY_WANTS, 'node.system'],
  perNode: true,
  docs: {
    what: 'The HNS network that the CNI configuration in force and kube-proxy (`--network-name`, `KUBE_NETWORK`) name on each Windows node must be there. Azure’s, Amazon’s and Microsoft’s own plug-ins make it when the first pod comes: without a pod of its own network a node may lack it. In the first ten minutes after a start of the node it is suspected.',
    why: 'No pod with an address of its own starts, kube-proxy waits and makes no load balancer.',
    fix: [
      'See why the CNI’s agent does not make it: `kubectl logs` of its pod on the node.',
      'Restart that pod: it makes the network anew. The node loses its connections for some seconds, as HNS moves its address.',
      'Where the network is left half made (0x803b0010): drain the node, `Get-HnsNetwork | Remove-HnsNetwork`, and restart the agent.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/79515',
      'https://github.com/kubernetes/kubernetes/issues/74435',
      'https://github.com/projectcalico/calico/issues/8219',
    ],
  },
  *run(input) {
    const {now, wants} = input;
    const keys = ['node.hns.networks', 'node.cni', 'node.cri.sandboxes'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      const {name} = node.metadata;
      const proxied = kubeProxyOn(node, wants).networkName;
      const networks = facts['node.hns.networks'];
      const {named, plugin} = podNetworks(networks, facts['node.cni'], proxied?.value);
      const isFirst = !facts['node.cri.sandboxes'].some(s => s.ready && !s.hostProcess);
      if (named.length === 0) {
        yield skip('neither the CNI configuration nor kube-proxy names a network that is known');
        return;
      }
      if (isFirst && plugin !== undefined && WITH_THE_FIRST_POD.has(plugin)) {
        yield skip('the plug-in makes its network when the first pod comes');
        return;
      }
      const missing = named.filter(n => !networks.some(network => bearsName(network, n)));
      const [first] = missing;
      // Of a part of the networks nobody knows which others there are.
      if (!first || gap) {
        yield pass(node);
        return;
      }
      const boot = millis(valueOn(wants['node.system'], name)?.bootTime);
      const has =
        networks.length === 0 ? 'HNS has none' : `HNS has ${list(networks.map(n => `\`${n.name}\``))}`;
      yield fail(node, {
        cause: missing.map(n => n.by).join(' and '),
        key: missing.map(n => n.name).join(' '),
        message: `${list(missing.map(n => `Network \`${n.name}\`, which ${n.by === 'cni' ? 'the CNI configuration' : 'kube-proxy'} names,`))} is not on ${name}: ${has}`,
        evidence: [...missing.flatMap(n => proofOf(n, proxied, at)), at('hns/networks.json', '')],
        ...(boot !== undefined && now - boot < START && {state: 'suspected' as const}),
      });
    });
  },
});

/** Where a network is named. */
function proofOf(
  {by, file}: NamedNetwork,
  proxied: Setting<string> | undefined,
  at: SeenNode<never>['at'],
): Ref[] {
  if (by === 'cni') return file === undefined ? [] : [at(file, '/name')];
  return proxied?.place ? [settingRef(proxied.place, at, proxied.value)] : [];
}
