import type {NodeListing} from '../node-rows.ts';
import {nodeListing} from '../node-rows.ts';
import type {HnsChoice} from './selection.ts';
import {chosenOf} from './selection.ts';
import {networkState} from './states.ts';
import {VIEW_KEYS, hnsView} from './view.ts';

/** A network of HNS on a node. What the answer does not have is null. */
export interface HnsNetworkItem {
  node: string;
  id: string;
  name: string;
  /** In lower case, as `l2bridge` or `overlay`. */
  type: string;
  state: string | null;
  subnets: {prefix: string; gateway: string | null; vsid: number | null}[];
  managementIps: string[];
  adapter: string | null;
  dns: string[];
  mtu: number | null;
  flags: number | null;
  /** Types of its policies. */
  policies: string[];
  endpoints: {local: number; remote: number};
}

/** A network of no type is one of which only the name is known, and so of its endpoints. */
function countCell({type}: HnsNetworkItem, endpoints: number): string {
  return type === '' && endpoints === 0 ? '' : String(endpoints);
}

/** Lists the networks of HNS. */
export function networkListing(choice: HnsChoice): NodeListing<HnsNetworkItem> {
  return nodeListing({
    kind: 'HnsNetworkList',
    keys: VIEW_KEYS,
    itemsOn(snapshot, node) {
      const view = hnsView(snapshot, node);
      const chosen = chosenOf(view, choice);
      const byNetwork = Map.groupBy(view.inOrder, e => e.endpoint.network);
      return view.networks
        .filter(n => chosen?.networks.has(n.id) ?? true)
        .map(n => {
          const own = byNetwork.get(n.id) ?? [];
          const remote = own.filter(e => e.endpoint.remote).length;
          return {
            node,
            id: n.id,
            name: n.name,
            type: n.type,
            state: networkState(n.state),
            subnets: n.subnets.map(s => ({
              prefix: s.prefix,
              gateway: s.gateway ?? null,
              vsid: s.vsid ?? null,
            })),
            managementIps: [...n.managementIps],
            adapter: n.adapter ?? null,
            dns: [...n.dns],
            mtu: n.mtu ?? null,
            flags: n.flags ?? null,
            policies: [...new Set(n.policies.map(p => p.type))],
            endpoints: {local: own.length - remote, remote},
          };
        });
    },
    columns: [
      {title: 'NODE', cell: n => n.node},
      {title: 'NAME', cell: n => n.name},
      {title: 'TYPE', cell: n => n.type},
      {title: 'STATE', cell: n => n.state ?? ''},
      {title: 'SUBNETS', cell: n => n.subnets.map(s => s.prefix).join(',')},
      {title: 'MANAGEMENT IP', cell: n => n.managementIps.join(',')},
      {title: 'LOCAL', cell: n => countCell(n, n.endpoints.local)},
      {title: 'REMOTE', cell: n => countCell(n, n.endpoints.remote)},
      {title: 'VSID', wide: true, cell: n => n.subnets.flatMap(s => s.vsid ?? []).join(',')},
      {title: 'GATEWAYS', wide: true, cell: n => n.subnets.flatMap(s => s.gateway ?? []).join(',')},
      {title: 'ADAPTER', wide: true, cell: n => n.adapter ?? ''},
      {title: 'MTU', wide: true, cell: n => (n.mtu === null ? '' : String(n.mtu))},
      {title: 'POLICIES', wide: true, cell: n => n.policies.join(',')},
      {title: 'ID', wide: true, cell: n => n.id},
    ],
  });
}
