import {clusterDomainOf, clusterOf, PLAN_KEYS} from '../../../src/probes/cluster.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import type {PlanOptions} from '../../../src/probes/plan.ts';
import {narrowCluster} from '../../../src/probes/narrow.ts';
import type {ProbePlan} from '../../../src/probes/types.ts';
import {planAnswer} from '../../../src/report/probes/lists.ts';
import {planText} from '../../../src/report/probes/plan-text.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visibleJson} from '../../../src/report/visible.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import type {EvidenceKey, Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {InventoryRun} from '../inventory.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {assertNamed, chosenNodes, readSnapshot, scopeOf} from '../read-snapshot.ts';
import {writeResult} from '../result.ts';
import type {ProbeFlags} from './flags.ts';
import {planOptionsOf} from './flags.ts';

/** Flags of `net plan`. */
export interface NetPlanFlags extends Omit<ReadFlags, 'agent'>, ProbeFlags {
  output: 'text' | 'json';
}

/** Plans what connections of a cluster are to be tried: of all of it, or what a scope chooses. */
export function planFor(snapshot: Snapshot, scope: Scope, options: PlanOptions): ProbePlan {
  const domain = clusterDomainOf(snapshot);
  return planProbes(narrowCluster(clusterOf(snapshot), scope), {
    ...options,
    nodes: chosenNodes(snapshot, scope),
    ...(domain !== undefined && {domain}),
  });
}

/** Shows what would be tried; answers with the exit code. */
export async function showPlan(flags: NetPlanFlags, {signal, note}: InventoryRun): Promise<number> {
  const options = planOptionsOf(flags);
  const scope = scopeOf(flags);
  const keys = new Set<EvidenceKey>([...PLAN_KEYS, 'namespaces']);
  const reading = {...flags, agent: 'never'} as const;
  const {snapshot, notes} = await readSnapshot(reading, {scope: {}, keys, signal});
  assertNamed(snapshot, scope);
  for (const text of notes) note(text);
  const plan = planFor(snapshot, scope, options);
  const text =
    flags.output === 'json'
      ? visibleJson(`${JSON.stringify(planAnswer(plan, snapshot.source), undefined, 2)}\n`)
      : planText(plan);
  await writeResult(text, undefined);
  return EXIT.ok;
}
