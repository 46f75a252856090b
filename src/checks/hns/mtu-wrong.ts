import type {HnsEndpoint, HnsNetwork} from '../../hns/model.ts';
import {ipKey, sameIp} from '../../kube/ip.ts';
import type {Indexed} from '../../node/items.ts';
import {HOST_COMPARTMENT} from '../../node/net.ts';
import type {NodeAdapter} from '../../node/net.ts';
import {missing} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';

/** VXLAN over IPv4 (https://www.rfc-editor.org/rfc/rfc7348#section-5), as CNIs set `EncapOverhead`. */
const VXLAN = 50;
/** Any CNI gives more, even over the 1460 of Google’s network. Smaller costs speed, and breaks nothing. */
const USUAL = 1400;

interface Nic {
  adapter: Indexed<NodeAdapter>;
  uplink: Indexed<NodeAdapter> | undefined;
  /** What fits into a packet of the uplink. */
  limit: number;
  overhead: number;
}

export default defineCheck({
  id: 'HNS016',
  name: 'mtu-wrong',
  severity: 'warning',
  since: '0.1.0',
  title: 'Packets of pods do not fit into those of the node',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.networks', 'node.hns.endpoints', 'node.hns.namespaces', 'node.net.adapters'],
  perNode: true,
  docs: {
    what: 'The MTU of each pod’s adapter on Windows nodes against that of the node’s adapter less what encapsulation takes (50 bytes of VXLAN, or the endpoint’s `EncapOverhead`). A larger one is a warning; one below 1400 that could be larger is information. 1450 on an overlay is as it should be.',
    why: 'Small requests work and large answers hang: downloads, TLS handshakes and database results stop in the middle, mostly to some destinations only.',
    fix: [
      'See both: `netsh interface ipv4 show subinterface` in the pod and on the node.',
      'Set the pod network’s MTU in the CNI (flannel, Calico: `veth_mtu` or `mtu`), then make the pods anew, a few at a time.',
      'Where the node’s own adapter is wrong, raise it to what its network carries: `netsh interface ipv4 set subinterface "vEthernet (Ethernet)" mtu=1500 store=persistent`. Connections of the node break for a moment.',
    ],
    links: [
      'https://github.com/Azure/AKS/issues/2873',
      'https://github.com/microsoft/SDN/issues/517',
      'https://www.rfc-editor.org/rfc/rfc7348#section-5',
    ],
  },
  *run(input) {
    const keys = [
      'node.hns.networks',
      'node.hns.endpoints',
      'node.hns.namespaces',
      'node.net.adapters',
    ] as const;
    yield* eachNode(input, keys, function* ({node, facts, at}) {
      const endpoints = podEndpoints(facts['node.hns.endpoints'], facts['node.hns.namespaces']);
      if (endpoints.length === 0) {
        yield skip('no pod of the node has an endpoint');
        return;
      }
      const adapters = facts['node.net.adapters'];
      const networks = new Map(facts['node.hns.networks'].map(n => [n.id, n]));
      const host = adapters.filter(a => a.compartment === HOST_COMPARTMENT && a.mtu !== undefined);
      const inside = adaptersOfPods(adapters);
      const nics = endpoints.flatMap(e => nicsOf(e, networks.get(e.network), {host, inside}));
      const fails: Fail[] = [];
      const found = [
        {cause: 'too large', of: nics.filter(n => (n.adapter.mtu ?? 0) > n.limit)},
        {
          cause: 'smaller than need be',
          of: nics.filter(n => (n.adapter.mtu ?? 0) < Math.min(n.limit, USUAL)),
        },
      ];
      for (const {cause, of} of found) {
        const [first] = of;
        if (!first) continue;
        const {adapter, uplink, limit, overhead} = first;
        const less = overhead > 0 ? ` less ${overhead} of encapsulation` : '';
        const more = of.length > 1 ? `, and ${count(of.length - 1, 'more adapter')} likewise` : '';
        fails.push(
          fail(node, {
            cause,
            ...(cause !== 'too large' && {severity: 'info'}),
            message: `The adapter \`${adapter.name}\` of a pod on ${node.metadata.name} has an MTU of ${adapter.mtu ?? 0}, and the node carries ${limit} (${limit + overhead}${less})${more}`,
            evidence: [
              ...of.map(n => at('net/adapters.json', `/${n.adapter.index}/mtu`, n.adapter.mtu)),
              ...(uplink ? [at('net/adapters.json', `/${uplink.index}/mtu`, uplink.mtu)] : []),
            ],
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else if (nics.length > 0) yield pass(node);
      else {
        yield unknown(
          node,
          'node.net.adapters',
          missing('failed', 'the adapters of pods are not among them'),
        );
      }
    });
  },
});

/** Adapters in compartments of pods, by their addresses. */
function adaptersOfPods(adapters: readonly Indexed<NodeAdapter>[]): Map<string, Indexed<NodeAdapter>> {
  const inside = adapters.filter(a => a.compartment !== HOST_COMPARTMENT && a.mtu !== undefined);
  return new Map(inside.flatMap(a => a.addresses.map(address => [ipKey(bare(address)), a] as const)));
}

/** Adapters of an endpoint, with what the node’s adapter carries; none where either is not known. */
function nicsOf(
  {ips, encapOverhead}: HnsEndpoint,
  network: HnsNetwork | undefined,
  on: {host: readonly Indexed<NodeAdapter>[]; inside: ReadonlyMap<string, Indexed<NodeAdapter>>},
): Nic[] {
  if (!network) return [];
  const uplink = uplinkOf(network, on.host);
  const carries = uplink?.mtu ?? network.mtu;
  if (carries === undefined) return [];
  // An overlay takes them whether the endpoint says so, says nothing, or says 0 because its policy was lost.
  const overhead = encapOverhead || (network.type === 'overlay' ? VXLAN : 0);
  const own = new Set(ips.flatMap(ip => on.inside.get(ipKey(ip)) ?? []));
  return [...own].map(adapter => ({adapter, uplink, limit: carries - overhead, overhead}));
}

/** The node’s adapter that a network is layered on: it bears the address by which HNS manages the network. */
function uplinkOf(
  {managementIps, adapter: name}: HnsNetwork,
  host: readonly Indexed<NodeAdapter>[],
): Indexed<NodeAdapter> | undefined {
  return (
    host.find(a => a.addresses.some(address => managementIps.some(ip => sameIp(ip, bare(address))))) ??
    host.find(a => a.name === name)
  );
}

const bare = (address: string): string => address.split('/')[0] ?? '';
