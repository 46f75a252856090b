import type {HnsPlugin} from '../../hns/cni-network.ts';
import type {HnsEndpoint, HnsNetwork} from '../../hns/model.ts';
import type {Node, Service} from '../../kube/types.ts';
import type {CniConfig} from '../../node/cni.ts';
import {count, list} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import type {HnsRefs} from './shared/hns-ref.ts';
import type {NatExceptions} from './shared/nat-exceptions.ts';
import {isExcepted, natExceptions} from './shared/nat-exceptions.ts';
import {internalIps} from './shared/node-ips.ts';
import {once} from '../../once/once.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';
import {podNetworks} from './shared/pod-networks.ts';

const SHOWN = 3;
/** Cause where the policy itself is missing. */
const POLICY = 'no policy';

/** What must be excepted on a node, by kind: one class of cause each. */
interface Wanted {
  cause: 'pods' | 'Services' | 'nodes' | typeof POLICY;
  /** As a message says it: `the pods of win-2 (10.244.2.0/24)`. */
  what: string;
  text: string;
}

export default defineCheck({
  id: 'HNS013',
  name: 'outbound-nat-exceptions-missing',
  severity: 'warning',
  since: '0.1.0',
  title: 'Traffic inside the cluster leaves pods under the address of their node',
  evidence: ['A', 'N'],
  needs: ['nodes', 'services', 'node.hns.networks', 'node.hns.endpoints', 'node.hns.namespaces', 'node.cni'],
  perNode: true,
  docs: {
    what: 'The exceptions in the `OutBoundNAT` policies of the endpoints of pods on Windows nodes. Under flannel, Calico and Microsoft’s own plug-ins they must hold the pod ranges of all nodes and the addresses of Services, and on an L2Bridge the nodes; under Azure’s the pod itself, and outside its overlay the nodes; under Amazon’s the pod itself. An endpoint without the policy is told of where the CNI configuration gives one.',
    why: 'The address of such packets is rewritten to the node’s: connections fail, as the answer does not find back, or arrive from an address that network policies and allow-lists do not know.',
    fix: [
      'Complete the exceptions in the CNI configuration, and in what writes it (a ConfigMap, the cluster’s own settings of networks).',
      'Then make the pods of the node anew, a few at a time: exceptions are set when an endpoint is made.',
    ],
    links: [
      'https://github.com/Azure/AKS/issues/1859',
      'https://github.com/Azure/aks-engine/issues/1235',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/network-topologies',
    ],
  },
  *run(input) {
    const keys = ['node.hns.networks', 'node.hns.endpoints', 'node.hns.namespaces', 'node.cni'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {networks, plugin, config} = podNetworks(
        facts['node.hns.networks'],
        facts['node.cni'],
        undefined,
      );
      const [network] = networks;
      const endpoints = podEndpoints(facts['node.hns.endpoints'], facts['node.hns.namespaces']).filter(
        e => e.network === network?.id,
      );
      if (!network || !plugin || !config || endpoints.length === 0 || !translates(plugin)) {
        yield skip('no endpoint of a pod whose address the plug-in translates');
        return;
      }
      const wanted = wantedUnder(plugin, config, network, input);
      const lacking = new Map<string, {endpoint: HnsEndpoint; wanted: Wanted}[]>();
      for (const endpoint of endpoints) {
        for (const lack of lacksOf(endpoint, config, wanted)) {
          const known = lacking.get(lack.cause);
          if (known) known.push({endpoint, wanted: lack});
          else lacking.set(lack.cause, [{endpoint, wanted: lack}]);
        }
      }
      const ref = hnsRefs(at, 'endpoints');
      const fails = [...lacking].map(([cause, found]) => failOf(node, cause, found, ref));
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

function failOf(
  node: Node,
  cause: string,
  found: readonly {endpoint: HnsEndpoint; wanted: Wanted}[],
  ref: HnsRefs<'endpoints'>,
): Fail {
  const endpoints = [...new Set(found.map(f => f.endpoint))];
  const whats = [...new Set(found.map(f => f.wanted.what))];
  const shown = whats.slice(0, SHOWN);
  const more = whats.length - shown.length;
  const [first] = endpoints;
  const said =
    cause === POLICY
      ? 'without outbound NAT'
      : `whose outbound NAT does not except ${list(more > 0 ? [...shown, `${more} more`] : shown)}`;
  return fail(node, {
    cause,
    message: `${node.metadata.name} has ${count(endpoints.length, 'endpoint')} of pods ${said}, as ${first?.ips.join(' and ') ?? ''}`,
    evidence: endpoints.map(e => {
      const [position] = natExceptions(e)?.positions ?? [];
      return position === undefined ? ref(e, 'policies') : ref(e, 'policies', {index: position});
    }),
  });
}

/** Plug-ins that set `OutBoundNAT`; Open vSwitch and the hybrid overlay translate elsewhere. */
function translates(plugin: HnsPlugin): boolean {
  return plugin !== 'antrea' && plugin !== 'ovn-hybrid' && plugin !== 'other';
}

/** What an endpoint’s exceptions lack. */
function lacksOf(
  endpoint: HnsEndpoint,
  {policies}: CniConfig,
  wanted: readonly (readonly Wanted[])[],
): Wanted[] {
  const exceptions = natExceptions(endpoint);
  if (!exceptions) {
    const given = policies.some(p => p.type === 'OutBoundNAT');
    return given ? [{cause: POLICY, what: 'anything', text: ''}] : [];
  }
  const own = endpoint.ips.filter(ip => !isExcepted(exceptions, ip));
  return [
    ...own.map((ip): Wanted => ({cause: 'pods', what: `the pod itself (${ip})`, text: ip})),
    ...wanted.flatMap(list => lackingOf(list, exceptions)),
  ];
}

const lackingByExceptions = once<readonly Wanted[], Map<string, readonly Wanted[]>>(() => new Map());

/** What of a list of the whole cluster is not excepted. Endpoints of all nodes mostly have the same exceptions: asked once. */
function lackingOf(wanted: readonly Wanted[], exceptions: NatExceptions): readonly Wanted[] {
  const known = lackingByExceptions(wanted);
  const key = exceptions.texts.join(' ');
  const found = known.get(key) ?? wanted.filter(w => !isExcepted(exceptions, w.text));
  known.set(key, found);
  return found;
}

/** What a plug-in must except beside the pod itself. */
function wantedUnder(
  plugin: HnsPlugin,
  config: CniConfig,
  network: HnsNetwork,
  {nodes, services}: {nodes: readonly Node[]; services: readonly Service[]},
): (readonly Wanted[])[] {
  if (plugin === 'calico') return [addressesOfServices(services)];
  // The overlay of Azure has addresses of its own: nodes are outside it (AgentBaker, azurecnifunc.ps1).
  if (plugin === 'azure') return config.overlay === true ? [] : [addressesOfNodes(nodes)];
  if (plugin !== 'flannel' && plugin !== 'windows') return [];
  const both = [rangesOfNodes(nodes), addressesOfServices(services)];
  return network.type === 'l2bridge' ? [...both, addressesOfNodes(nodes)] : both;
}

const rangesOfNodes = once((nodes: readonly Node[]): Wanted[] =>
  nodes.flatMap(({metadata, spec}) => {
    const ranges = spec.podCIDRs ?? (spec.podCIDR === undefined ? [] : [spec.podCIDR]);
    return ranges.map(text => ({cause: 'pods', what: `the pods of ${metadata.name} (${text})`, text}));
  }),
);

const addressesOfNodes = once((nodes: readonly Node[]): Wanted[] =>
  nodes.flatMap(node =>
    internalIps(node).map(({address: text}) => ({
      cause: 'nodes',
      what: `node ${node.metadata.name} (${text})`,
      text,
    })),
  ),
);

const addressesOfServices = once((services: readonly Service[]): Wanted[] =>
  services.flatMap(({metadata, spec}) => {
    const ips = spec.clusterIPs ?? (spec.clusterIP === undefined ? [] : [spec.clusterIP]);
    return ips
      .filter(ip => ip !== '' && ip !== 'None')
      .map(text => ({
        cause: 'Services',
        what: `Service ${metadata.namespace ?? ''}/${metadata.name} (${text})`,
        text,
      }));
  }),
);
