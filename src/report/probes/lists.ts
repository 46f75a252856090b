import type {Probing} from '../../probes/evidence.ts';
import type {PlanGap, Probe, ProbePlan, ProbeResult} from '../../probes/types.ts';
import type {CheckFacts} from './check-text.ts';
import {verdictSentence} from './check-text.ts';
import type {InventoryGap} from '../../inventory/list.ts';
import type {Source} from '../../snapshot/snapshot.ts';

/** What `net plan -o json` prints. */
export interface ProbePlanAnswer {
  apiVersion: 'kubectl-win/v1';
  kind: 'ProbePlan';
  source: Source;
  items: readonly Probe[];
  /** What could not be planned. */
  gaps: readonly PlanGap[];
  nodes: number;
  chanceToMiss: number;
  unknown: readonly InventoryGap[];
}

/** A probe with what came of it; null where it was not tried at all. */
export type TriedItem = Probe & {result: Omit<ProbeResult, 'probe'> | null};

/** Wraps a plan. */
export function planAnswer(plan: ProbePlan, source: Source): ProbePlanAnswer {
  const {probes, gaps, nodes, chanceToMiss} = plan;
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'ProbePlan',
    source,
    items: probes,
    gaps,
    nodes,
    chanceToMiss,
    unknown: [],
  };
}

/** What `net check -o json` and `net matrix -o json` print. */
export function checkAnswer({snapshot, probing, checklist, findings}: JudgedProbes): object {
  const {gaps, nodes, chanceToMiss} = probing.plan;
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'ProbeList',
    source: snapshot.source,
    items: triedItems(probing),
    gaps,
    nodes,
    chanceToMiss,
    checklist: checklist.map(({step: {id, title}, state, tried, failed, byDesign}) => ({
      id,
      title,
      state,
      tried,
      failed,
      expected: byDesign,
    })),
    findings,
    verdict: verdictSentence({probing, checklist, findings}),
    unknown: lossesOf(probing),
  };
}

/** What was tried, judged. */
interface JudgedProbes extends CheckFacts {
  readonly snapshot: {readonly source: Source};
}

/** Joins probes and results, in the order of the plan. */
export function triedItems({plan, results}: Probing): TriedItem[] {
  const byProbe = new Map(results.map(r => [r.probe, r]));
  return plan.probes.map(probe => {
    const found = byProbe.get(probe.id);
    if (!found) return {...probe, result: null};
    const {probe: _id, ...result} = found;
    return {...probe, result};
  });
}

/** What is missing of results, as `unknown` of an answer. */
export function lossesOf({losses}: Probing): InventoryGap[] {
  return [...Map.groupBy(losses, l => `${l.reason}\0${l.detail}`).values()].map(same => ({
    evidence: 'probes',
    reason: same[0]?.reason ?? 'failed',
    detail: same[0]?.detail ?? '',
    subjects: same.slice(0, 50).map(l => ({kind: 'Node', name: l.node})),
    subjectCount: same.length,
  }));
}
