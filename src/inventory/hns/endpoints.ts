import type {NodeListing} from '../node-rows.ts';
import {nodeListing} from '../node-rows.ts';
import type {HnsChoice} from './selection.ts';
import {chosenOf} from './selection.ts';
import {endpointState} from './states.ts';
import type {Named} from './view.ts';
import {VIEW_KEYS, hnsView, nameText, podOf} from './view.ts';

/** An endpoint of HNS on a node. What the answer does not have, or nobody has, is null. */
export interface HnsEndpointItem {
  node: string;
  id: string;
  name: string;
  /** Name of its network, or its GUID where HNS does not have that network. */
  network: string;
  ips: string[];
  mac: string | null;
  /** It stands for an address on another node. */
  remote: boolean;
  state: string | null;
  /** GUID of its namespace, and its compartment. */
  namespace: string | null;
  compartment: number | null;
  sandbox: string | null;
  pod: Named | null;
  /** The node that its pod runs on. */
  podNode: string | null;
  /** How many load balancers send to it. */
  loadBalancers: number;
  gateways: string[];
  dns: string[];
  /** Types of its policies. */
  policies: string[];
  createdAt: string | null;
}

/** Where what it stands for is; nothing where the answer has no more than its name. */
function whereOf({remote, podNode, ips, mac}: HnsEndpointItem): string {
  if (remote) return podNode ?? 'remote';
  return ips.length === 0 && mac === null ? '' : 'here';
}

/** Lists the endpoints of HNS. */
export function endpointListing(choice: HnsChoice): NodeListing<HnsEndpointItem> {
  return nodeListing({
    kind: 'HnsEndpointList',
    keys: VIEW_KEYS,
    itemsOn(snapshot, node) {
      const view = hnsView(snapshot, node);
      const chosen = chosenOf(view, choice);
      const networks = new Map(view.networks.map(n => [n.id, n.name]));
      const uses = new Map<string, number>();
      for (const {loadBalancer} of view.loadBalancers) {
        for (const id of loadBalancer.endpoints) uses.set(id, (uses.get(id) ?? 0) + 1);
      }
      return view.inOrder
        .filter(e => chosen?.endpoints.has(e.endpoint.id) ?? true)
        .map(joined => {
          const {endpoint: e, namespace, sandbox, pod} = joined;
          return {
            node,
            id: e.id,
            name: e.name,
            network: networks.get(e.network) ?? e.networkName ?? e.network,
            ips: [...e.ips],
            mac: e.mac ?? null,
            remote: e.remote,
            state: endpointState(e.state),
            namespace: e.namespace ?? namespace?.id ?? null,
            compartment: namespace?.compartment ?? e.compartment ?? null,
            sandbox: sandbox?.id ?? null,
            pod: podOf(joined),
            podNode: pod?.nodeName ?? (sandbox ? node : null),
            loadBalancers: uses.get(e.id) ?? 0,
            gateways: [...e.gateways],
            dns: [...e.dns],
            policies: [...new Set(e.policies.map(p => p.type))],
            createdAt: e.createdAt ?? null,
          };
        });
    },
    columns: [
      {title: 'NODE', cell: e => e.node},
      {title: 'IP', cell: e => e.ips.join(',')},
      {title: 'POD', cell: e => (e.pod ? nameText(e.pod) : '')},
      {title: 'WHERE', cell: whereOf},
      {title: 'NETWORK', cell: e => e.network},
      {title: 'STATE', cell: e => e.state ?? ''},
      {title: 'COMPARTMENT', cell: e => (e.compartment === null ? '' : String(e.compartment))},
      {title: 'LBS', cell: e => String(e.loadBalancers)},
      {title: 'NAME', wide: true, cell: e => e.name},
      {title: 'MAC', wide: true, cell: e => e.mac ?? ''},
      {title: 'GATEWAY', wide: true, cell: e => e.gateways.join(',')},
      {title: 'DNS', wide: true, cell: e => e.dns.join(',')},
      {title: 'POLICIES', wide: true, cell: e => e.policies.join(',')},
      {title: 'NAMESPACE', wide: true, cell: e => e.namespace ?? ''},
      {title: 'ID', wide: true, cell: e => e.id},
    ],
  });
}
