import type {HnsNetwork} from '../../hns/model.ts';
import {isOverlay} from '../../hns/cni-network.ts';
import {ipKey} from '../../kube/ip.ts';
import type {Node} from '../../kube/types.ts';
import {MINUTE, millis} from '../../snapshot/time.ts';
import {count, list} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn} from './shared/kube-proxy-on.ts';
import {internalIps} from './shared/node-ips.ts';
import {once} from '../../once/once.ts';
import {podNetworks} from './shared/pod-networks.ts';
import {ofType, textIn} from './shared/policies.ts';

/** Address under which flannel of a node is reached (https://github.com/flannel-io/flannel/blob/master/Documentation/kubernetes.md). */
const FLANNEL_IP = 'flannel.alpha.coreos.com/public-ip';
/** Calico's (https://docs.tigera.io/calico/latest/reference/configure-calico-node). */
const CALICO_IPS = ['projectcalico.org/IPv4Address', 'projectcalico.org/IPv4VXLANTunnelAddr'] as const;
/** A node this young may not have told the others of itself. */
const YOUNG = 5 * MINUTE;
const SHOWN = 3;

/** Another node, and what a route to it must be. */
interface Peer {
  node: Node;
  prefix: string;
  addresses: readonly string[];
  /** When it was made, in milliseconds since 1970. */
  since: number;
}

export default defineCheck({
  id: 'HNS019',
  name: 'remote-subnet-route-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'The overlay does not know the way to other nodes',
  evidence: ['A', 'N'],
  needs: ['nodes', 'node.hns.networks', 'node.cni'],
  wants: KUBE_PROXY_WANTS,
  perNode: true,
  docs: {
    what: 'The `RemoteSubnetRoute` policies of the overlay network that CNI or kube-proxy name on each Windows node. Under flannel and Microsoft’s own plug-ins there must be one for the pod range of every other node, with that node’s address as provider address; nodes younger than five minutes are left out. Under Calico, whose blocks are not known, the provider address must be that of a node.',
    why: 'Pods here do not reach pods of that node, and the other way round answers do not come back. A node that was made anew under its old name often leaves the old address behind.',
    fix: [
      'See whether the CNI’s agent of both nodes is well: it exchanges the routes. `kubectl get pods -A -o wide --field-selector spec.nodeName=NODE`.',
      'Restart the CNI’s agent on this node: it adds what is missing, and interrupts little.',
      'Where the address stays wrong: drain the node, delete the network and restart the agent. All pods of the node must be made anew.',
    ],
    links: [
      'https://github.com/projectcalico/calico/issues/5164',
      'https://learn.microsoft.com/virtualization/windowscontainers/container-networking/network-drivers-topologies',
    ],
  },
  *run(input) {
    const {now, wants, nodes} = input;
    yield* eachNode(input, ['node.hns.networks', 'node.cni'], function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {name} = node.metadata;
      const proxied = kubeProxyOn(node, wants).networkName?.value;
      const {networks, plugin} = podNetworks(facts['node.hns.networks'], facts['node.cni'], proxied);
      const network = networks.find(isOverlay);
      if (!network) {
        yield skip('the pod network of the node is no overlay');
        return;
      }
      const hnsRef = hnsRefs(at, 'networks');
      const routes = routesOf(network);
      if (plugin === 'calico') {
        const known = addressesOfNodes(nodes);
        const wrong = routes.filter(r => (known.get(ipKey(r.provider)) ?? name) === name);
        const [first] = wrong;
        if (first) {
          yield fail(node, {
            cause: 'wrong provider address',
            message: `Network \`${network.name}\` of ${name} sends ${first.prefix} to ${first.provider}, which is no other node${wrong.length > 1 ? `, and ${count(wrong.length - 1, 'more subnet')} likewise` : ''}`,
            evidence: wrong.map(r => hnsRef(network, 'policies', {index: r.position})),
          });
        } else yield pass(node);
        return;
      }
      if (plugin !== 'flannel' && plugin !== 'windows') {
        yield skip('the plug-in gives nodes no ranges of their own');
        return;
      }
      const byPrefix = new Map(routes.map(r => [r.prefix, r]));
      const peers = peersAmong(nodes).filter(p => p.node.metadata.name !== name && now - p.since >= YOUNG);
      const missing = peers.filter(p => !byPrefix.has(p.prefix));
      const wrong = peers.flatMap(peer => {
        const route = byPrefix.get(peer.prefix);
        return route && !peer.addresses.some(a => ipKey(a) === ipKey(route.provider)) ? [{peer, route}] : [];
      });
      const fails: Fail[] = [];
      if (missing.length > 0) {
        fails.push(
          fail(node, {
            cause: 'missing',
            message: `Network \`${network.name}\` of ${name} has no route to ${naming(missing)}`,
            evidence: [
              hnsRef(network, 'policies'),
              ...missing.map(p => ref(p.node, '/spec/podCIDR', p.node.spec.podCIDR)),
            ],
          }),
        );
      }
      const [first] = wrong;
      if (first) {
        fails.push(
          fail(node, {
            cause: 'wrong provider address',
            message: `Network \`${network.name}\` of ${name} sends ${first.peer.prefix} to ${first.route.provider}, and ${first.peer.node.metadata.name} is ${first.peer.addresses.join(' or ')}${wrong.length > 1 ? `; ${count(wrong.length - 1, 'more node')} likewise` : ''}`,
            evidence: wrong.map(w => hnsRef(network, 'policies', {index: w.route.position})),
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

function routesOf({policies}: HnsNetwork): {prefix: string; provider: string; position: number}[] {
  return ofType(policies, 'RemoteSubnetRoute').map(({policy, position}) => ({
    position,
    prefix: textIn(policy, 'DestinationPrefix')[0] ?? '',
    provider: textIn(policy, 'ProviderAddress')[0] ?? '',
  }));
}

/** Nodes with a pod range; where flannel says on which nodes it is, those. */
const peersAmong = once((nodes: readonly Node[]): readonly Peer[] => {
  const withFlannel = nodes.filter(n => flannelIp(n) !== undefined);
  return (withFlannel.length > 0 ? withFlannel : nodes).flatMap(node => {
    const prefix = [node.spec.podCIDR, ...(node.spec.podCIDRs ?? [])].find(c => c?.includes('.') === true);
    const isReady = node.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false;
    const since = millis(node.metadata.creationTimestamp) ?? 0;
    return prefix === undefined || !isReady ? [] : [{node, prefix, since, addresses: addressesOf(node)}];
  });
});

const addressesOfNodes = once(
  (nodes: readonly Node[]) =>
    new Map(nodes.flatMap(n => addressesOf(n).map(a => [ipKey(a), n.metadata.name] as const))),
);

function flannelIp({metadata}: Node): string | undefined {
  return metadata.annotations?.[FLANNEL_IP];
}

/** Addresses under which other nodes may reach a node. */
function addressesOf(node: Node): string[] {
  const flannel = flannelIp(node);
  if (flannel !== undefined) return [flannel];
  const calico = CALICO_IPS.flatMap(key => node.metadata.annotations?.[key]?.split('/')[0] ?? []);
  return [...internalIps(node).map(i => i.address), ...calico];
}

function naming(peers: readonly Peer[]): string {
  const shown = peers.slice(0, SHOWN).map(p => `${p.node.metadata.name} (${p.prefix})`);
  const more = peers.length - shown.length;
  return list(more > 0 ? [...shown, count(more, 'more node')] : shown);
}
