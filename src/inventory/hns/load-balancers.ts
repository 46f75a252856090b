import type {ServedAs} from '../../hns/served-ports.ts';
import type {NodeListing} from '../node-rows.ts';
import {nodeListing} from '../node-rows.ts';
import type {HnsChoice} from './selection.ts';
import {chosenOf} from './selection.ts';
import {stateCell} from './states.ts';
import type {Named} from './view.ts';
import {VIEW_KEYS, hnsView, nameText, podOf, servicesOf} from './view.ts';

/** A load balancer of HNS on a node. What the answer does not have, or nobody has, is null. */
export interface HnsLoadBalancerItem {
  node: string;
  id: string;
  /** None: a node port. */
  vips: string[];
  ports: {protocol: string; external: number; internal: number; distribution: number; flags: number}[];
  /** Services that have this address and port; none: nobody wants it. */
  services: Named[];
  as: ServedAs[];
  backends: {id: string; ips: string[]; remote: boolean; pod: Named | null}[];
  /** GUIDs of endpoints that it names and HNS does not have. */
  lost: string[];
  sourceVip: string | null;
  dsr: boolean;
  /** 2 is well. */
  state: number | null;
}

const PROTOCOLS: Readonly<Record<number, string>> = {6: 'TCP', 17: 'UDP', 132: 'SCTP'};
/** Addresses of backends that a table shows. */
const SHOWN = 3;

/** Lists the load balancers of HNS. */
export function loadBalancerListing(choice: HnsChoice): NodeListing<HnsLoadBalancerItem> {
  return nodeListing({
    kind: 'HnsLoadBalancerList',
    keys: VIEW_KEYS,
    itemsOn(snapshot, node) {
      const view = hnsView(snapshot, node);
      const chosen = chosenOf(view, choice);
      return view.loadBalancers
        .filter(lb => chosen?.loadBalancers.has(lb.loadBalancer.id) ?? true)
        .map(joined => {
          const {loadBalancer: lb, endpoints, lost, served} = joined;
          return {
            node,
            id: lb.id,
            vips: [...lb.vips],
            ports: lb.ports.map(({protocol, ...rest}) => ({
              protocol: PROTOCOLS[protocol] ?? String(protocol),
              ...rest,
            })),
            services: servicesOf(joined),
            as: [...new Set(served.map(s => s.as))],
            backends: endpoints.map(e => ({
              id: e.endpoint.id,
              ips: [...e.endpoint.ips],
              remote: e.endpoint.remote,
              pod: podOf(e),
            })),
            lost: [...lost],
            sourceVip: lb.sourceVip ?? null,
            dsr: lb.dsr,
            state: lb.state ?? null,
          };
        });
    },
    columns: [
      {title: 'NODE', cell: l => l.node},
      {title: 'VIP', cell: l => l.vips.join(',') || 'node port'},
      {title: 'PORT', cell: l => l.ports.map(p => `${p.external}/${p.protocol}`).join(',')},
      {title: 'TO', cell: l => [...new Set(l.ports.map(p => p.internal))].join(',')},
      {title: 'SERVICE', cell: l => l.services.map(nameText).join(',')},
      {title: 'AS', cell: l => l.as.join(',')},
      {title: 'BACKENDS', cell: backendsCell},
      {title: 'LOST', cell: l => (l.lost.length === 0 ? '' : String(l.lost.length))},
      {title: 'DSR', wide: true, cell: l => (l.dsr ? 'yes' : 'no')},
      {title: 'STATE', wide: true, cell: l => stateCell('balancer', l.state)},
      {title: 'SOURCE VIP', wide: true, cell: l => l.sourceVip ?? ''},
      {
        title: 'PODS',
        wide: true,
        cell: l => l.backends.flatMap(b => (b.pod ? nameText(b.pod) : [])).join(','),
      },
      {title: 'ID', wide: true, cell: l => l.id},
    ],
  });
}

function backendsCell({backends}: HnsLoadBalancerItem): string {
  const ips = backends.flatMap(b => b.ips);
  const more = ips.length - SHOWN;
  return more > 1 ? `${ips.slice(0, SHOWN).join(',')} and ${more} more` : ips.join(',');
}
