import type {HnsEndpoint, HnsPolicy} from '../../hns/model.ts';
import {netCovers, parseNet} from '../../kube/ip.ts';
import {count, list} from '../../text/words.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';
import {podNetworks} from './shared/pod-networks.ts';
import {textIn} from './shared/policies.ts';

export default defineCheck({
  id: 'HNS015',
  name: 'sdn-route-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'Endpoints of pods lack routes that the CNI gives them',
  evidence: ['N'],
  needs: [
    'nodes',
    'node.hns.networks',
    'node.hns.endpoints',
    'node.hns.namespaces',
    'node.hns.sdnroutes',
    'node.cni',
  ],
  perNode: true,
  docs: {
    what: 'The `SDNRoute` (older: `ROUTE`) and `ProviderAddress` policies in the CNI configuration in force, against those of the endpoints of pods on each Windows node. A plug-in that gives none, as Azure’s with overlay or Swift, needs none.',
    why: 'The route to the range of Services lets packets to them pass the node’s load balancers, and the provider address is where an overlay sends from: without them the pod reaches no Service, or no pod elsewhere.',
    fix: [
      'Make the pods of the node anew, a few at a time: policies are set when an endpoint is made, and those here are older than the configuration, or HNS lost them.',
      'Where new pods lack them, too: see the log of the CNI plug-in and the channel Microsoft-Windows-Host-Network-Service-Admin for policies that HNS refuses.',
    ],
    links: [
      'https://github.com/projectcalico/calico/issues/4682',
      'https://github.com/microsoft/windows-container-networking/tree/master/example',
    ],
  },
  *run(input) {
    const keys = [
      'node.hns.networks',
      'node.hns.endpoints',
      'node.hns.namespaces',
      'node.hns.sdnroutes',
      'node.cni',
    ] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {networks, config} = podNetworks(facts['node.hns.networks'], facts['node.cni'], undefined);
      const ids = new Set(networks.map(n => n.id));
      const endpoints = podEndpoints(facts['node.hns.endpoints'], facts['node.hns.namespaces']).filter(e =>
        ids.has(e.network),
      );
      const given = config?.policies.filter(p => p.type === 'SDNRoute' || p.type === 'ProviderAddress') ?? [];
      if (!config || given.length === 0 || endpoints.length === 0) {
        yield skip('the CNI configuration gives no routes, or no pod has an endpoint');
        return;
      }
      const routes = new Map<string, string[]>();
      for (const route of facts['node.hns.sdnroutes']) {
        for (const id of route.endpoints)
          routes.set(id, [...(routes.get(id) ?? []), ...route.routes.map(r => r.destination)]);
      }
      const lacking = endpoints.flatMap(endpoint => {
        const lacks = given.filter(p => !hasPolicy(endpoint, p, routes.get(endpoint.id) ?? []));
        return lacks.length > 0 ? [{endpoint, lacks}] : [];
      });
      const [first] = lacking;
      if (!first) {
        yield pass(node);
        return;
      }
      const ref = hnsRefs(at, 'endpoints');
      const whats = [...new Set(lacking.flatMap(l => l.lacks.map(naming)))];
      yield fail(node, {
        cause: first.lacks.some(p => p.type === 'SDNRoute') ? 'route' : 'provider address',
        message: `${node.metadata.name} has ${count(lacking.length, 'endpoint')} of pods without ${list(whats)}, as ${first.endpoint.ips.join(' and ')}`,
        evidence: [
          ...given.filter(p => whats.includes(naming(p))).map(p => at(config.file, p.pointer)),
          ...lacking.map(l => ref(l.endpoint, 'policies')),
        ],
      });
    });
  },
});

/** Whether an endpoint has what a policy of the configuration gives: the type, and a route to all of the destination. */
function hasPolicy({policies}: HnsEndpoint, wanted: HnsPolicy, routes: readonly string[]): boolean {
  const same = policies.filter(p => p.type === wanted.type);
  const [destination] = textIn(wanted, 'DestinationPrefix');
  const net = destination === undefined ? undefined : parseNet(destination);
  // The plug-in fills in what has no destination, or a placeholder.
  if (!net) return same.length > 0 || (wanted.type === 'SDNRoute' && routes.length > 0);
  return [...same.flatMap(p => textIn(p, 'DestinationPrefix')), ...routes].some(text => {
    const own = parseNet(text);
    return own !== undefined && netCovers(own, net);
  });
}

function naming(policy: HnsPolicy): string {
  if (policy.type === 'ProviderAddress') return 'a provider address';
  const [destination = 'Services'] = textIn(policy, 'DestinationPrefix');
  return `the route to ${destination}`;
}
