import {Waits, isPending} from '../../../kube/autoscaler.ts';
import type {Wait} from '../../../kube/autoscaler.ts';
import {osJudge} from '../../../kube/os.ts';
import {Placements} from '../../../kube/placement.ts';
import type {Placement, PlacementContext, SchedulingTerms} from '../../../kube/placement.ts';
import type {Event, Node, Pod} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {collected} from '../../../snapshot/evidence.ts';
import type {Fail, Outcome, Ref} from '../../define.ts';
import {pass, ref, skip, subjectOf, unknown} from '../../define.ts';

/** What checks of waiting pods read. */
export interface PendingInput {
  workloads: Workload[];
  nodes: Node[];
  wants: Pick<PlacementContext, 'runtimeClasses' | 'namespaces'> & {events: Evidence<Event[]>};
  source: PlacementContext['source'];
  now: number;
}

/** A Windows pod that waits for a node, with the nodes that its terms match. */
export interface PendingPod {
  pod: Pod;
  view: SpecView;
  terms: SchedulingTerms;
  placement: Placement;
}

/** Why a pod waits, as one check sees it. */
export type Diagnosis = Pick<Fail, 'cause' | 'message' | 'evidence'> & Partial<Pick<Fail, 'fix'>>;

/** Asks a check about every Windows pod that waits, and sets the severity by how long and what an autoscaler said. */
export function* judgePending(
  input: PendingInput,
  diagnose: (pending: PendingPod) => Diagnosis | undefined,
): Generator<Outcome> {
  const {workloads, nodes, wants, source, now} = input;
  const known = collected(nodes);
  const placements = new Placements({...wants, nodes: known, source});
  const osOf = osJudge({nodes: known, runtimeClasses: wants.runtimeClasses});
  const waits = new Waits(wants.events, now);
  for (const workload of workloads) {
    const waiting = pendingViews(workload).filter(({view}) => osOf(view) === 'windows');
    if (waiting.length === 0) yield skip('no Windows pod of it waits for a node');
    else {
      const found = waiting.flatMap(({view, pods}) => {
        const terms = placements.termsOf(view);
        const placement = placements.place(terms);
        return pods.map(pod => ({pod, diagnosis: diagnose({pod, view, terms, placement})}));
      });
      yield* outcomesOf(workload, found, {waits, events: wants.events});
    }
  }
}

function pendingViews(workload: Workload): {view: SpecView; pods: Pod[]}[] {
  return workload.live.flatMap(view => {
    const pods = view.pods.filter(isPending);
    return pods.length > 0 ? [{view, pods}] : [];
  });
}

/** One fail for each cause, of the pod that has waited worst. */
function* outcomesOf(
  workload: Workload,
  found: {pod: Pod; diagnosis: Diagnosis | undefined}[],
  {waits, events}: {waits: Waits; events: Evidence<Event[]>},
): Generator<Outcome> {
  const worst = new Map<string, {pod: Pod; diagnosis: Diagnosis; wait: Wait}>();
  let early = false;
  for (const {pod, diagnosis} of found) {
    if (!diagnosis) continue;
    const wait = waits.of(pod);
    if (wait === 'unknown' && !events.ok) {
      yield unknown(workload.owner, 'events', events);
      return;
    }
    if (wait === 'unknown' || wait.severity === undefined) {
      early = true;
      continue;
    }
    const known = worst.get(diagnosis.cause);
    if (!known || (known.wait.severity === 'info' && wait.severity === 'error')) {
      worst.set(diagnosis.cause, {pod, diagnosis, wait});
    }
  }
  for (const {pod, diagnosis, wait} of worst.values()) yield failOf(workload, pod, {diagnosis, wait});
  if (worst.size === 0) yield early ? skip('it has only begun to wait') : pass(workload.owner);
}

function failOf(workload: Workload, pod: Pod, {diagnosis, wait}: {diagnosis: Diagnosis; wait: Wait}): Fail {
  const {severity, since, event} = wait;
  return {
    status: 'fail',
    subject: subjectOf(workload.owner),
    workload: idOf(workload.owner),
    ...(severity && {severity}),
    ...(since !== undefined && {since}),
    ...diagnosis,
    message:
      severity === 'info' ? `${diagnosis.message}; an autoscaler is bringing a node up` : diagnosis.message,
    evidence: [
      scheduledRef(pod),
      ...diagnosis.evidence,
      ...(event ? [ref(event, '/message', event.message)] : []),
    ],
  };
}

/** The scheduler's own word on a pod, or the pod's phase where it has said nothing. */
export function scheduledRef(pod: Pod): Ref {
  const index = pod.status.conditions?.findIndex(c => c.type === 'PodScheduled') ?? -1;
  const condition = pod.status.conditions?.[index];
  return condition
    ? ref(pod, `/status/conditions/${index}/message`, condition.message)
    : ref(pod, '/status/phase', pod.status.phase);
}
