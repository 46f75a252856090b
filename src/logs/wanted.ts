import {splitByHostProcess} from '../kube/containers.ts';
import type {PlacedPod} from '../kube/pods.ts';
import type {ContainerStatus, Pod} from '../kube/types.ts';
import {compareText} from '../text/compare.ts';

/** A log to read for checks. */
export interface WantedLog {
  namespace: string;
  pod: string;
  container: string;
  previous: boolean;
}

/** Pods of one specification print alike: those that restarted most say what the others would. */
const PODS_OF_A_KIND = 3;
/** More logs than this are not read at a time: the kubelet opens each, and people wait. */
export const MAX_LOGS = 200;

/** Which logs to read of Windows pods, and how many more there would be. HostProcess containers have none of LogMonitor's. */
export function logsToRead(placed: readonly PlacedPod[]): {wanted: WantedLog[]; left: number} {
  const byKind = new Map<PlacedPod['view'], Pod[]>();
  for (const {pod, view} of placed) {
    const kind = byKind.get(view);
    if (kind) kind.push(pod);
    else byKind.set(view, [pod]);
  }
  const wanted: WantedLog[] = [];
  for (const [view, pods] of byKind) {
    const names = new Set(splitByHostProcess(view.spec).own.map(({container}) => container.name));
    const chosen = pods
      .toSorted((a, b) => restartsOf(b) - restartsOf(a) || compareText(a.metadata.name, b.metadata.name))
      .slice(0, PODS_OF_A_KIND);
    for (const pod of chosen) wanted.push(...logsOf(pod, names));
  }
  return {wanted: wanted.slice(0, MAX_LOGS), left: Math.max(0, wanted.length - MAX_LOGS)};
}

/** Every log of every container that has started, in the order of their pods. */
export function allLogs(pods: readonly Pod[]): WantedLog[] {
  return pods.flatMap(pod =>
    logsOf(pod, new Set((pod.status.containerStatuses ?? []).map(({name}) => name))),
  );
}

function logsOf({metadata, status}: Pod, names: ReadonlySet<string>): WantedLog[] {
  return (status.containerStatuses ?? [])
    .filter(({name}) => names.has(name))
    .flatMap(container => {
      const log = {namespace: metadata.namespace ?? '', pod: metadata.name, container: container.name};
      return [
        ...(hasStarted(container) ? [{...log, previous: false}] : []),
        ...(container.lastState?.terminated ? [{...log, previous: true}] : []),
      ];
    });
}

function hasStarted({state}: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined;
}

function restartsOf({status}: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(c => c.restartCount ?? 0));
}
