import type {NodeKey} from '../node/evidence.ts';
import {isNodeKey} from '../node/evidence.ts';
import type {NodeVisitor} from '../node/visitor.ts';
import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import type {Inventory, InventoryGap, Listing} from './list.ts';
import {InventoryGaps, windowsNodesOf} from './list.ts';

/** How things are listed of which each node has its own. */
export interface NodeListing<T> extends Listing<T> {
  /** What one node has, of a Snapshot that need not hold others. */
  itemsOn(snapshot: Snapshot, node: string): T[];
}

/** Declares a listing by what one node has. */
export function nodeListing<T>(listing: Omit<NodeListing<T>, 'items'>): NodeListing<T> {
  return {
    ...listing,
    items: snapshot => windowsNodesOf(snapshot).flatMap(n => listing.itemsOn(snapshot, n.metadata.name)),
  };
}

/** A list and how it is shown. */
export interface Listed<T> {
  list: Inventory<T>;
  listing: NodeListing<T>;
}

/** Lists node by node, as evidence comes, so that only the rows of a fleet are kept. */
export class NodeRows<T> implements NodeVisitor {
  readonly letGo: ReadonlySet<NodeKey>;
  readonly #listingOf: (api: Snapshot) => NodeListing<T>;
  readonly #seen = new Map<string, {items: T[]; gaps: InventoryGap[]}>();
  #api: Snapshot | undefined;
  #listing: NodeListing<T> | undefined;

  /** `listingOf` says, once the API was read, what is listed; `keys` is the evidence that it reads. */
  constructor(listingOf: (api: Snapshot) => NodeListing<T>, keys: readonly EvidenceKey[]) {
    this.#listingOf = listingOf;
    this.letGo = new Set(keys.filter(isNodeKey));
  }

  begin(api: Snapshot): void {
    this.#api = api;
    this.#listing = this.#listingOf(api);
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (!this.#api || !this.#listing) throw new TypeError(`${name} came before the API`);
    const one = {...this.#api, evidence: {...this.#api.evidence, ...evidence}};
    this.#seen.set(name, rowsOf(this.#listing, one, name));
  }

  /** The list of some nodes, of all where absent: of those that were not visited, what the Snapshot has. */
  inventory(snapshot: Snapshot, nodes?: ReadonlySet<string>): Listed<T> {
    const listing = this.#listing ?? this.#listingOf(snapshot);
    const gaps = new InventoryGaps();
    for (const key of listing.keys) gaps.addWhole(snapshot, key);
    const items: T[] = [];
    for (const {metadata} of windowsNodesOf(snapshot)) {
      if (nodes && !nodes.has(metadata.name)) continue;
      const rows = this.#seen.get(metadata.name) ?? rowsOf(listing, snapshot, metadata.name);
      gaps.join(rows.gaps);
      for (const item of rows.items) items.push(item);
    }
    const {kind} = listing;
    return {
      list: {apiVersion: 'kubectl-win/v1', kind, source: snapshot.source, items, unknown: gaps.list()},
      listing,
    };
  }
}

function rowsOf<T>(
  listing: NodeListing<T>,
  snapshot: Snapshot,
  name: string,
): {items: T[]; gaps: InventoryGap[]} {
  const gaps = new InventoryGaps();
  for (const key of listing.keys) gaps.addNode(snapshot, key, name);
  return {items: listing.itemsOn(snapshot, name), gaps: gaps.list()};
}
