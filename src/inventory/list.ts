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
  kind: 'NodeList' | 'ImageList' | 'RuntimeList';
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

/** Lists what a Snapshot holds, and what of it could not be seen. */
export function inventory<T>(snapshot: Snapshot, listing: Listing<T>): Inventory<T> {
  return {
    apiVersion: 'kubectl-win/v1',
    kind: listing.kind,
    source: snapshot.source,
    items: listing.items(snapshot),
    unknown: gapsOf(snapshot, listing.keys),
  };
}

/** The Windows nodes of a Snapshot; none where they could not be read. */
export function windowsNodesOf(snapshot: Snapshot): Node[] {
  const nodes = evidenceOf(snapshot, 'nodes');
  return nodesOf('windows', nodes.ok ? nodes.value : []);
}

function gapsOf(snapshot: Snapshot, keys: readonly EvidenceKey[]): InventoryGap[] {
  const gaps = new Map<string, InventoryGap>();
  const add = (evidence: string, reason: MissingReason, detail: string): InventoryGap => {
    const id = `${evidence}\0${reason}`;
    const known = gaps.get(id) ?? {evidence, reason, detail, subjects: [], subjectCount: 0};
    gaps.set(id, known);
    return known;
  };
  const windows = windowsNodesOf(snapshot).map(n => n.metadata.name);
  for (const key of keys) {
    const evidence = evidenceOf(snapshot, key);
    const whole = gapOf(evidence);
    if (whole) add(key, whole.reason, whole.detail);
    else if (evidence.ok && evidence.value instanceof Map) {
      const perNode: Evidence<PerNode<unknown>> = {ok: true, value: evidence.value};
      for (const name of windows) {
        const gap = gapOf(onNode(perNode, name));
        if (!gap) continue;
        const known = add(key, gap.reason, gap.detail);
        known.subjectCount++;
        if (known.subjects.length < MAX_SUBJECTS) known.subjects.push({kind: 'Node', name});
      }
    }
  }
  return [...gaps.values()];
}

/** Says in one line what the tables lack; nothing where they lack nothing. */
export function lackOf<T>({unknown}: Inventory<T>): string | undefined {
  const [first] = unknown;
  if (!first) return undefined;
  const what = [...new Set(unknown.map(g => g.evidence))].join(', ');
  const where =
    first.subjectCount > 0
      ? ` on ${first.subjects[0]?.name ?? ''}${first.subjectCount > 1 ? ` and ${first.subjectCount - 1} more` : ''}`
      : '';
  return `not seen: ${what} (${first.detail}${where})`;
}
