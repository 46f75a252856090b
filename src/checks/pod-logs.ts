import type {Pod} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import type {PerNode} from '../node/evidence.ts';
import type {LogLine, NodeLogs} from '../node/logs.ts';
import {logGap} from '../node/logs.ts';
import {valueOn} from '../node/on-node.ts';
import type {PodErrorKind} from '../node/pod-errors.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import {HOUR, rfc3339} from '../snapshot/time.ts';
import type {Pass, Unknown} from './define.ts';
import {pass, unknown} from './define.ts';
import type {Symptom} from './symptoms.ts';

/** Components whose logs hold the kubelet's words. */
export const KUBELET_LOGS = ['kubelet', 'rke2'] as const;

/** What the logs of nodes say of pods: events are kept for an hour at most, and some never reach the API server. */
export class PodLogs {
  readonly #logs: Evidence<PerNode<NodeLogs>>;
  readonly #now: number;
  readonly #byPod = new Map<NodeLogs, Map<string, LogLine[]>>();

  constructor(logs: Evidence<PerNode<NodeLogs>>, now: number) {
    this.#logs = logs;
    this.#now = now;
  }

  /** Errors of the last hour of one kind that the logs of its node have of a pod, the newest of each file first. */
  of({nodeName, metadata: {uid}}: Pod, kind: PodErrorKind): Symptom[] {
    const logs = nodeName === undefined ? undefined : valueOn(this.#logs, nodeName);
    if (!logs || nodeName === undefined || uid === undefined) return [];
    return (this.#index(logs).get(uid) ?? [])
      .filter(line => line.sign === kind && isRecentLine(line, this.#now))
      .toReversed()
      .map(({error, text, file, line, at}) => ({
        text: error?.text ?? text,
        ref: {node: nodeName, os: 'windows', file, pointer: `/${line}`, value: text},
        ...(at !== undefined && {since: rfc3339(at)}),
      }));
  }

  /** A workload without an error: it passes where the kubelet's logs of all its nodes were read. */
  passOf({owner, pods}: Workload): Pass | Unknown {
    for (const {nodeName} of pods) {
      const logs = nodeName === undefined ? undefined : valueOn(this.#logs, nodeName);
      const gap = logs && logGap(logs, KUBELET_LOGS);
      if (gap) return unknown(owner, 'node.logs', gap);
    }
    return pass(owner);
  }

  #index(logs: NodeLogs): Map<string, LogLine[]> {
    const known = this.#byPod.get(logs);
    if (known) return known;
    const byPod = Map.groupBy(
      logs.lines.filter(l => l.error),
      l => l.error?.pod ?? '',
    );
    this.#byPod.set(logs, byPod);
    return byPod;
  }
}

/** Whether a line is of the last hour; one whose age cannot be told is not. */
export function isRecentLine({at, beforeEnd}: LogLine, now: number, within = HOUR): boolean {
  const age = at === undefined ? beforeEnd : now - at;
  return age !== undefined && age <= within;
}
