import {hexOf} from '../../data/code-number.ts';
import {classifyError} from '../../data/errors.ts';
import {indexEvents} from '../../kube/events.ts';
import type {EventIndex} from '../../kube/events.ts';
import {isReady, isWell, statusesOf, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {ContainerStatus, Event, Pod} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {HOUR, millis} from '../../snapshot/time.ts';
import type {Fail} from '../define.ts';
import {defineCheck, ref, subjectOf} from '../define.ts';
import {quote} from './shared/failures.ts';
import type {MemoryProof} from './shared/node-memory.ts';
import {NodeMemory, OOM_KILLED, endedForMemory} from './shared/node-memory.ts';

export default defineCheck({
  id: 'KBL007',
  name: 'oom-or-commit',
  severity: 'error',
  since: '0.1.0',
  title: 'Windows pods fail for want of memory',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses', 'node.eventlog', 'node.cri.containers', 'node.cri.stats'],
  passNeeds: ['node.eventlog'],
  docs: {
    what: 'Reads Windows pods: it fails where a container ended within the last hour with OOMKilled or with a status that means want of memory (0xc0000017, 0xc000012d, 0x8007000e, 0x5af), where an event of the last hour says that the page file is too small, or where the pod was evicted for memory within the hour. On the node it looks at the ends of its containers, which the runtime keeps longer, and, where the pod does not run, for event 2004 of the System log (Windows found too little memory to commit); a container that has 95 % of its memory limit is a warning.',
    why: 'Windows has no OOM killer: memory is promised (committed) up to memory and page file, then every new process and allocation on the node fails, not only those of the pod that took it.',
    fix: [
      'Look at what it uses: `kubectl top pod -n NAMESPACE`.',
      'Raise `resources.limits.memory` of the container where it needs more.',
      'Give every Windows container of the node a limit, so that their sum fits the node: `kubectl win doctor --check SCH010`.',
      'Enlarge the page file of the node, or use larger nodes.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/configuration/windows-resource-management/',
      'https://github.com/Azure/AKS/issues/1941',
    ],
  },
  *run({workloads, events, wants, now}) {
    const index = indexEvents(events);
    const nodes = new NodeMemory({
      logs: wants['node.eventlog'],
      containers: wants['node.cri.containers'],
      stats: wants['node.cri.stats'],
      now,
    });
    const seen = new Map<string, Fail>();
    const judged = new Map<string, PlacedPod['workload']>();
    for (const placed of windowsPods(workloads, wants)) {
      const id = idOf(placed.workload.owner);
      judged.set(id, placed.workload);
      const proof = proofOf(placed.pod, index, now) ?? nodes.proofOf(placed.pod);
      if (!proof) continue;
      const key = `${id}\0${placed.pod.nodeName ?? ''}\0${proof.cause}`;
      if (!seen.has(key)) seen.set(key, failOf(placed, proof));
    }
    const failing = new Set([...seen.values()].map(f => f.workload));
    for (const [id, workload] of judged) if (!failing.has(id)) yield nodes.passOf(workload);
    yield* seen.values();
  },
});

function failOf({pod, workload}: PlacedPod, {cause, says, evidence, since}: MemoryProof): Fail {
  const {owner} = workload;
  const node = pod.nodeName;
  return {
    status: 'fail',
    subject: subjectOf(owner),
    ...(node !== undefined && {node}),
    workload: idOf(owner),
    // It runs again, or still: so this is a warning of the next time.
    ...((isReady(pod) || cause === 'container near its limit') && {severity: 'warning' as const}),
    cause,
    message: `${owner.kind} ${owner.metadata.namespace ?? ''}/${owner.metadata.name}${node === undefined ? '' : ` on ${node}`}: ${says}`,
    evidence: [evidence],
    ...(since !== undefined && {since}),
  };
}

function proofOf(pod: Pod, index: EventIndex, now: number): MemoryProof | undefined {
  return (
    ofStatuses(pod, now) ??
    ofEviction(pod, now) ??
    (isWell(pod) ? undefined : ofEvents(index.recent(pod, now)))
  );
}

function ofStatuses(pod: Pod, now: number): MemoryProof | undefined {
  // Hardly any pod has ended a container: that is seen at once.
  const {containerStatuses, initContainerStatuses} = pod.status;
  if (!containerStatuses?.some(hasEnded) && !initContainerStatuses?.some(hasEnded)) return undefined;
  for (const {status, pointer} of statusesOf(pod)) {
    for (const at of ['state', 'lastState'] as const) {
      const end = status[at]?.terminated;
      const finished = millis(end?.finishedAt);
      if (!end || finished === undefined || now - finished > HOUR) continue;
      const code = end.exitCode ?? 0;
      const killed = end.reason === OOM_KILLED;
      if (!endedForMemory(end.reason, code)) continue;
      return {
        cause: 'container out of memory',
        says: killed
          ? `container ${status.name} was ended at its memory limit (OOMKilled)`
          : `container ${status.name} ended with ${hexOf(code)}, as it could get no more memory`,
        evidence: killed
          ? ref(pod, `${pointer}/${at}/terminated/reason`, end.reason)
          : ref(pod, `${pointer}/${at}/terminated/exitCode`, end.exitCode),
        ...(end.finishedAt !== undefined && {since: end.finishedAt}),
      };
    }
  }
  return undefined;
}

function hasEnded({state, lastState}: ContainerStatus): boolean {
  return state?.terminated !== undefined || lastState?.terminated !== undefined;
}

/** The kubelet evicts Windows pods for memory from 1.31 on. The remains stay listed, so only fresh ones count. */
function ofEviction(pod: Pod, now: number): MemoryProof | undefined {
  const {reason, message = '', conditions = []} = pod.status;
  if (reason !== 'Evicted' || !/\bmemory\b/i.test(message)) return undefined;
  const at = conditions.find(c => c.type === 'DisruptionTarget')?.lastTransitionTime ?? pod.status.startTime;
  const evicted = millis(at);
  if (evicted === undefined || now - evicted > HOUR) return undefined;
  return {
    cause: 'evicted for memory',
    says: `its pod was evicted: "${quote(message)}"`,
    evidence: ref(pod, '/status/message', message),
    ...(at !== undefined && {since: at}),
  };
}

function ofEvents(recent: readonly Event[]): MemoryProof | undefined {
  const event = recent.find(
    e => e.type === 'Warning' && classifyError(e.message ?? '')?.judgedBy === 'KBL007',
  );
  if (!event) return undefined;
  return {
    cause: 'commit exhausted on the node',
    says: `the node has no memory left to commit; it says "${quote(event.message ?? '')}"`,
    evidence: ref(event, '/message', event.message),
    ...(event.firstTimestamp !== undefined && {since: event.firstTimestamp}),
  };
}
