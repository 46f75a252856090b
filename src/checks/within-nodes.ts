import {collected} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Judgement} from './engine.ts';

/** What of a judgement concerns some nodes; all of it where none are named. What belongs to no node stays. */
export function withinNodes(judgement: Judgement, nodes: ReadonlySet<string> | undefined): Judgement {
  if (!nodes) return judgement;
  const fails = judgement.fails.flatMap(({check, fails: all}) => {
    const kept = all.filter(f => f.node === undefined || nodes.has(f.node));
    return kept.length > 0 ? [{check, fails: kept}] : [];
  });
  const gaps = judgement.gaps.flatMap(gap => {
    const subjects = gap.subjects.filter(s => s.kind !== 'Node' || nodes.has(s.name));
    if (subjects.length === gap.subjects.length) return [gap];
    return subjects.length > 0 ? [{...gap, subjects, subjectCount: subjects.length}] : [];
  });
  return {
    ...judgement,
    fails,
    gaps,
    counts: {
      ...judgement.counts,
      fail: fails.reduce((sum, f) => sum + f.fails.length, 0),
      unknown: gaps.reduce((sum, g) => sum + Math.max(1, g.subjectCount), 0),
    },
  };
}

/** The Snapshot as a report of some nodes counts it. */
export function ofNodes(snapshot: Snapshot, names: ReadonlySet<string> | undefined): Snapshot {
  const nodes = evidenceOf(snapshot, 'nodes');
  if (!names || !nodes.ok) return snapshot;
  const kept = nodes.value.filter(n => names.has(n.metadata.name));
  return {...snapshot, evidence: {...snapshot.evidence, nodes: collected(kept, nodes.partial)}};
}
