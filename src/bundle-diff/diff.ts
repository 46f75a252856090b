import {MAX_SUBJECTS} from '../checks/gaps.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import {gapOf} from '../snapshot/evidence.ts';
import type {Captured} from './captured.ts';
import type {BundleDiff, Change, DiffGap} from './change.ts';
import {findingChanges} from './findings.ts';
import {Changes} from './group.ts';
import {nodeChanges} from './nodes.ts';
import {objectChanges} from './objects.ts';
import {podChanges} from './pods.ts';

/** Says what changed between two captures of a cluster. What one of them lacks is told as unknown, not as a change. */
export function diffCaptures(before: Captured, after: Captured): BundleDiff {
  const changes = new Changes();
  const unknown: DiffGap[] = [];
  const compare = <T>(
    evidence: string,
    [was, is]: readonly [Evidence<T>, Evidence<T>],
    changesOf: (was: T, is: T) => Iterable<Change>,
  ): void => {
    const gaps = [gapIn(evidence, 'before', was), gapIn(evidence, 'after', is)].filter(
      gap => gap !== undefined,
    );
    // What neither has, nobody expects to be compared.
    if (was.ok || is.ok) unknown.push(...gaps);
    if (gaps.length === 0 && was.ok && is.ok) changes.add(changesOf(was.value, is.value));
  };
  for (const [key, was] of before.objects) {
    const is = after.objects.get(key);
    if (is) compare(key, [was, is], objectChanges);
  }
  compare('pods', [before.pods, after.pods], podChanges);
  changes.add(versionChanges(before, after));
  for (const [node, facts] of after.nodes) {
    const was = before.nodes.get(node);
    if (was) changes.add(nodeChanges(node, was, facts));
  }
  unknown.push(...oneSided(before, after, 'before'), ...oneSided(after, before, 'after'));
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'BundleDiff',
    source: after.source,
    base: before.source,
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

function* versionChanges(before: Captured, after: Captured): Generator<Change> {
  const [was, is] = [before.version, after.version];
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
