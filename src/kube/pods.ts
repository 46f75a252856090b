import type {OsContext} from './os.ts';
import {isHostProcess} from './containers.ts';
import {nodeNamesOf, osJudge} from './os.ts';
import type {ContainerStatus, Pod} from './types.ts';
import type {SpecView, Workload} from './workloads.ts';

/** A pod on Windows, or on its way there, with the specification that it shares and the workload it belongs to. */
export interface PlacedPod {
  pod: Pod;
  view: SpecView;
  workload: Workload;
}

/** What was found for a list of workloads, and what of the cluster it was judged by. */
interface Found {
  nodes: unknown;
  runtimeClasses: unknown;
  placed: readonly PlacedPod[];
}

/** Many checks walk the same pods, of which there may be 100,000: they are looked up once for a Snapshot. */
const found = new WeakMap<readonly Workload[], Found>();

/** Every live pod that sits on a Windows node, or, while it sits on none, is meant for one. */
export function windowsPods(workloads: readonly Workload[], context: OsContext): readonly PlacedPod[] {
  const nodes = context.nodes.ok ? context.nodes.value : undefined;
  const runtimeClasses = context.runtimeClasses.ok ? context.runtimeClasses.value : undefined;
  const held = found.get(workloads);
  if (held && held.nodes === nodes && held.runtimeClasses === runtimeClasses) return held.placed;
  const placed = [...findWindowsPods(workloads, context)];
  found.set(workloads, {nodes, runtimeClasses, placed});
  return placed;
}

function* findWindowsPods(workloads: readonly Workload[], context: OsContext): Generator<PlacedPod> {
  const judge = osJudge(context);
  const windows = nodeNamesOf('windows', context.nodes);
  const linux = nodeNamesOf('linux', context.nodes);
  for (const workload of workloads) {
    for (const view of workload.live) {
      const os = judge(view);
      for (const pod of view.pods) {
        const {nodeName} = pod;
        const there = nodeName !== undefined && windows.has(nodeName);
        const elsewhere = nodeName !== undefined && linux.has(nodeName);
        if (there || (os === 'windows' && !elsewhere)) yield {pod, view, workload};
      }
    }
  }
}

/** Whether the pod's condition Ready is True. */
export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false;
}

/** Whether all its containers have ended for good. */
export function isFinished({status}: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

/** Whether its deletion was asked for. */
export function isTerminating({metadata}: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether a pod does what it is there for, so that its past errors are history. */
export function isWell(pod: Pod): boolean {
  return isFinished(pod) || (pod.status.phase === 'Running' && isReady(pod) && !isTerminating(pod));
}

/** Statuses of all its containers with the JSON pointer of each, init containers first. */
export function statusesOf({status}: Pod): {status: ContainerStatus; pointer: string}[] {
  const fields = ['initContainerStatuses', 'containerStatuses'] as const;
  return fields.flatMap(field =>
    (status[field] ?? []).map((s, i) => ({status: s, pointer: `/status/${field}/${i}`})),
  );
}

/** Whether the pod gets an address of the pod network: HostProcess and host network pods do not. */
export function hasPodNetwork({spec}: Pod): boolean {
  return spec.hostNetwork !== true && !isHostProcess(spec);
}
