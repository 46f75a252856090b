import type {Subject} from '../checks/define.ts';
import {MAX_SUBJECTS} from '../checks/gaps.ts';
import {nodesOf} from '../kube/os.ts';
import type {Node} from '../kube/types.ts';
import type {PerNode} from '../node/evidence.ts';
import {onNode} from '../node/on-node.ts';
import {gapOf} from '../snapshot/evidence.ts';
import type {Evidence, MissingReason} from '../snapshot/evidence.ts';
import type {EvidenceKey, Snapshot, Source} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';

/** What could not be seen, and of which nodes; none: of all. */
export interface InventoryGap {
  evidence: string;
  reason: MissingReason;
  detail: string;
  subjects: Subject[];
  subjectCount: number;
}

/** Answer of a command that lists things (CONTRACT §2). */
export interface Inventory<T> {
  apiVersion: 'kubectl-win/v1';
  kind:
    | 'NodeList'
    | 'ImageList'
    | 'RuntimeList'
    | 'HnsNetworkList'
    | 'HnsEndpointList'
    | 'HnsNamespaceList'
    | 'HnsLoadBalancerList'
    | 'HnsDifferenceList';
  source: Source;
  items: T[];
  unknown: InventoryGap[];
}

/** How a kind of things is listed. */
export interface Listing<T> {
  kind: Inventory<T>['kind'];
  /** Evidence that it reads. */
  keys: readonly EvidenceKey[];
  items(snapshot: Snapshot): T[];
  columns: readonly Column<T>[];
}

/** A column of a table. */
export interface Column<T> {
  title: string;
  /** Only with `-o wide`. */
  wide?: true;
  cell(item: T): string;
}

/** Lists what a Snapshot holds, and what of it could not be seen; of some nodes alone where they are named. */
export function inventory<T>(
  snapshot: Snapshot,
  listing: Listing<T>,
  nodes?: ReadonlySet<string>,
): Inventory<T> {
  return {
    apiVersion: 'kubectl-win/v1',
    kind: listing.kind,
    source: snapshot.source,
    items: listing.items(snapshot),
    unknown: gapsOf(snapshot, listing.keys, nodes),
  };
}

/** The Windows nodes of a Snapshot; where the API does not tell, those whose own files are there (`collectlogs.ps1`). */
export function windowsNodesOf(snapshot: Snapshot): Node[] {
  const nodes = evidenceOf(snapshot, 'nodes');
  if (nodes.ok) return nodesOf('windows', nodes.value);
  const told = evidenceOf(snapshot, 'node.hns');
  if (!told.ok) return [];
  return [...told.value].flatMap(([name, evidence]) =>
    evidence.ok ? [{apiVersion: 'v1', kind: 'Node' as const, metadata: {name}, spec: {}, status: {}}] : [],
  );
}

function gapsOf(
  snapshot: Snapshot,
  keys: readonly EvidenceKey[],
  nodes?: ReadonlySet<string>,
): InventoryGap[] {
  const gaps = new InventoryGaps();
  const all = windowsNodesOf(snapshot).map(n => n.metadata.name);
  const windows = all.filter(name => nodes?.has(name) ?? true);
  for (const key of keys) {
    gaps.addWhole(snapshot, key);
    for (const name of windows) gaps.addNode(snapshot, key, name);
  }
  return gaps.list();
}

/** Collects what could not be seen by evidence and reason. */
export class InventoryGaps {
  readonly #gaps = new Map<string, InventoryGap>();

  /** What is missing of evidence as a whole. */
  addWhole(snapshot: Snapshot, key: EvidenceKey): void {
    const gap = gapOf(evidenceOf(snapshot, key));
    if (gap) this.#gap(key, gap);
  }

  /** What is missing of a node's evidence. */
  addNode(snapshot: Snapshot, key: EvidenceKey, name: string): void {
    const evidence = evidenceOf(snapshot, key);
    if (!evidence.ok || evidence.partial || !(evidence.value instanceof Map)) return;
    const perNode: Evidence<PerNode<unknown>> = {ok: true, value: evidence.value};
    const gap = gapOf(onNode(perNode, name));
    if (gap) this.#on(this.#gap(key, gap), [{kind: 'Node', name}], 1);
  }

  /** Takes in what was collected elsewhere. */
  join(gaps: readonly InventoryGap[]): void {
    for (const gap of gaps) this.#on(this.#gap(gap.evidence, gap), gap.subjects, gap.subjectCount);
  }

  list(): InventoryGap[] {
    return [...this.#gaps.values()];
  }

  #gap(evidence: string, {reason, detail}: Pick<InventoryGap, 'reason' | 'detail'>): InventoryGap {
    const id = `${evidence}\0${reason}`;
    const known = this.#gaps.get(id) ?? {evidence, reason, detail, subjects: [], subjectCount: 0};
    this.#gaps.set(id, known);
    return known;
  }

  #on(gap: InventoryGap, subjects: readonly Subject[], count: number): void {
    gap.subjectCount += count;
    gap.subjects.push(...subjects.slice(0, MAX_SUBJECTS - gap.subjects.length));
  }
}

/** Says in one line what the tables lack, for each reason on which nodes; nothing where they lack nothing. */
export function lackOf<T>({unknown}: Inventory<T>): string | undefined {
  if (unknown.length === 0) return undefined;
  const reasons = [...Map.groupBy(unknown, gap => gap.detail)].map(([detail, gaps]) => {
    const what = [...new Set(gaps.map(g => g.evidence))];
    const names =
      what.length < 5 ? what.join(', ') : `${what.slice(0, 3).join(', ')} and ${what.length - 3} more`;
    const most = gaps.reduce((a, b) => (b.subjectCount > a.subjectCount ? b : a));
    const more = most.subjectCount > 1 ? ` and ${most.subjectCount - 1} more` : '';
    return `${names} (${detail}${most.subjectCount > 0 ? ` on ${most.subjects[0]?.name ?? ''}${more}` : ''})`;
  });
  return `not seen: ${reasons.join('; ')}`;
}
