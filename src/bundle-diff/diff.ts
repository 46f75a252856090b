import {MAX_SUBJECTS} from '../checks/gaps.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import {gapOf} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {BundleDiff, Change, DiffGap} from './change.ts';
import type {Found} from './findings.ts';
import {findingChanges} from './findings.ts';
import {Changes} from './group.ts';
import type {NodeFacts} from './nodes.ts';
import {nodeChanges} from './nodes.ts';
import {COMPARED, objectChanges} from './objects.ts';
import {podChanges} from './pods.ts';

/** A capture, read and judged; its nodes' own evidence came to `nodes`. */
export interface Captured {
  snapshot: Snapshot;
  found: Found;
  nodes: ReadonlyMap<string, NodeFacts>;
}

/** Says what changed between two captures of a cluster. What one of them lacks is told as unknown, not as a change. */
export function diffCaptures(before: Captured, after: Captured): BundleDiff {
  const changes = new Changes();
  const unknown: DiffGap[] = [];
  for (const key of [...COMPARED, 'pods'] as const) {
    const [was, is]: [Evidence<unknown>, Evidence<unknown>] = [
      evidenceOf(before.snapshot, key),
      evidenceOf(after.snapshot, key),
    ];
    const gaps = [gapIn(key, 'before', was), gapIn(key, 'after', is)].filter(gap => gap !== undefined);
    // What neither has, nobody expects to be compared.
    if (was.ok || is.ok) unknown.push(...gaps);
    if (gaps.length > 0) continue;
    if (key === 'pods') changes.add(podChanges(before.snapshot, after.snapshot));
    else changes.add(objectChanges(key, before.snapshot, after.snapshot));
  }
  changes.add(versionChanges(before.snapshot, after.snapshot));
  for (const [node, facts] of after.nodes) {
    const was = before.nodes.get(node);
    if (was) changes.add(nodeChanges(node, was, facts));
  }
  unknown.push(...oneSided(before, after, 'before'), ...oneSided(after, before, 'after'));
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'BundleDiff',
    source: after.snapshot.source,
    base: before.snapshot.source,
    findings: findingChanges(before.found, after.found),
    ...changes.list(),
    unknown,
  };
}

function gapIn(evidence: string, side: DiffGap['in'], found: Evidence<unknown>): DiffGap | undefined {
  const gap = gapOf(found);
  if (!gap) return undefined;
  const {reason, detail} = gap;
  return {evidence, in: side, reason, detail, subjects: [], subjectCount: 0};
}

function* versionChanges(before: Snapshot, after: Snapshot): Generator<Change> {
  const [was, is] = [evidenceOf(before, 'version'), evidenceOf(after, 'version')];
  if (!was.ok || !is.ok || was.value.gitVersion === is.value.gitVersion) return;
  const values = {before: was.value.gitVersion, after: is.value.gitVersion};
  const subject = {kind: 'Cluster', name: after.source.name};
  yield {section: 'version', change: 'changed', what: 'Kubernetes', field: null, ...values, subject};
}

/** Evidence of nodes that the other has, and this one has not. */
function oneSided(lacking: Captured, other: Captured, side: DiffGap['in']): DiffGap[] {
  const gaps = new Map<string, DiffGap>();
  for (const [node, {own}] of other.nodes) {
    for (const [what, {reason, detail}] of lacking.nodes.get(node)?.own.unseen ?? []) {
      if (own.unseen.has(what)) continue;
      const key = `${what}\0${reason}`;
      const fresh: DiffGap = {evidence: what, in: side, reason, detail, subjects: [], subjectCount: 0};
      const gap = gaps.get(key) ?? fresh;
      gap.subjectCount++;
      if (gap.subjects.length < MAX_SUBJECTS) gap.subjects.push({kind: 'Node', name: node});
      gaps.set(key, gap);
    }
  }
  return [...gaps.values()];
}
