import type {NodeListing} from '../node-rows.ts';
import {nodeListing} from '../node-rows.ts';
import type {HnsChoice} from './selection.ts';
import {chosenOf} from './selection.ts';
import {stateCell} from './states.ts';
import type {Named} from './view.ts';
import {VIEW_KEYS, hnsView, nameText, sandboxOf} from './view.ts';

/** A network namespace of HNS on a node. What the answer does not have, or nobody has, is null. */
export interface HnsNamespaceItem {
  node: string;
  id: string;
  compartment: number | null;
  /** `Host`, `HostDefault`, `Guest` or `GuestDefault`. */
  type: string | null;
  isDefault: boolean;
  /** 1 is well. */
  state: number | null;
  /** Addresses of its endpoints. */
  ips: string[];
  endpoints: string[];
  containers: string[];
  sandbox: string | null;
  pod: Named | null;
}

/** Lists the namespaces of HNS. */
export function namespaceListing(choice: HnsChoice): NodeListing<HnsNamespaceItem> {
  return nodeListing({
    kind: 'HnsNamespaceList',
    keys: VIEW_KEYS,
    itemsOn(snapshot, node) {
      const view = hnsView(snapshot, node);
      const chosen = chosenOf(view, choice);
      return [...view.namespaces.values()]
        .filter(n => chosen?.namespaces.has(n.id) ?? true)
        .map(n => {
          const sandbox = sandboxOf(view, n);
          const own = view.inOrder.filter(e => e.namespace?.id === n.id);
          return {
            node,
            id: n.id,
            compartment: n.compartment ?? null,
            type: n.type ?? null,
            isDefault: n.isDefault,
            state: n.state ?? null,
            ips: own.flatMap(e => e.endpoint.ips),
            endpoints: [...new Set([...n.endpoints, ...own.map(e => e.endpoint.id)])],
            containers: [...n.containers],
            sandbox: sandbox?.id ?? null,
            pod: sandbox ? {namespace: sandbox.namespace, name: sandbox.name} : null,
          };
        });
    },
    columns: [
      {title: 'NODE', cell: n => n.node},
      {title: 'COMPARTMENT', cell: n => (n.compartment === null ? '' : String(n.compartment))},
      {title: 'POD', cell: n => (n.pod ? nameText(n.pod) : '')},
      {title: 'IP', cell: n => n.ips.join(',')},
      {title: 'TYPE', cell: n => n.type ?? ''},
      {title: 'STATE', cell: n => stateCell('namespace', n.state)},
      {title: 'ENDPOINTS', cell: n => String(n.endpoints.length)},
      {title: 'CONTAINERS', cell: n => String(n.containers.length)},
      {title: 'SANDBOX', wide: true, cell: n => n.sandbox ?? ''},
      {title: 'ID', wide: true, cell: n => n.id},
    ],
  });
}
