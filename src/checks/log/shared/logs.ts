import {containersOf} from '../../../kube/containers.ts';
import type {OsContext} from '../../../kube/os.ts';
import type {PlacedPod} from '../../../kube/pods.ts';
import {windowsPods} from '../../../kube/pods.ts';
import type {ContainerStatus} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {PlacedContainer} from '../../../kube/containers.ts';
import type {LogSummary, PodLog} from '../../../logs/summary.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Fail, LogRef, Outcome} from '../../define.ts';
import {fail, unknown} from '../../define.ts';

/** The log of a Windows container, with whose it is. */
export interface SeenLog extends PlacedPod {
  placed: PlacedContainer;
  status: ContainerStatus | undefined;
  summary: LogSummary;
  previous: boolean;
  /** The log as evidence, with a line of it or what was counted. */
  at(value?: unknown): LogRef;
}

interface Input {
  readonly 'pod.logs': PodLog[];
  readonly wants: OsContext & {readonly workloads: Evidence<Workload[]>};
}

/** Judges log by log those of Windows containers; one that could not be read is `unknown` with its reason. */
export function* eachLog(input: Input, judge: (seen: SeenLog) => Iterable<Outcome>): Generator<Outcome> {
  const {'pod.logs': logs, wants} = input;
  if (!wants.workloads.ok) {
    // Whose logs they are, and that they are of Windows, only the pods tell.
    for (const {namespace, pod} of logs)
      yield unknown({kind: 'Pod', namespace, name: pod}, 'workloads', wants.workloads);
    return;
  }
  const byPod = Map.groupBy(logs, ({namespace, pod}) => `${namespace}/${pod}`);
  for (const pod of windowsPods(wants.workloads.value, wants)) {
    const {namespace, name} = pod.pod.metadata;
    for (const log of byPod.get(`${namespace ?? ''}/${name}`) ?? []) {
      if (!log.log.ok) yield unknown(pod.pod, 'pod.logs', log.log);
      else {
        const seen = seenLog(pod, log, log.log.value);
        if (seen) yield* judge(seen);
      }
    }
  }
}

function seenLog(pod: PlacedPod, log: PodLog, summary: LogSummary): SeenLog | undefined {
  const {namespace, container, previous} = log;
  const placed = containersOf(pod.view.spec).find(c => c.container.name === container);
  if (!placed) return undefined;
  const whose = {namespace, pod: log.pod, container, previous};
  return {
    ...pod,
    placed,
    status: pod.pod.status.containerStatuses?.find(s => s.name === container),
    summary,
    previous,
    at: value => ({log: whose, pointer: '', ...(value !== undefined && {value})}),
  };
}

/** A fault that a log shows. */
export function failLog({pod, workload}: SeenLog, rest: Omit<Fail, 'status' | 'subject'>): Fail {
  return fail(pod, {workload: idOf(workload.owner), ...rest});
}

/** Whether a log shows that LogMonitor prints it. */
export function isOfLogMonitor({family, sources}: LogSummary): boolean {
  return family !== null || sources.Monitor !== undefined;
}

/** `Container web`, and which of its lives. */
export function nameOf({placed, previous}: SeenLog): string {
  return `Container ${placed.container.name}${previous ? ', before its last restart' : ''}`;
}
