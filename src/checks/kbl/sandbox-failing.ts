import {indexEvents} from '../../kube/events.ts';
import {isTerminating, isWell, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {missing} from '../../snapshot/evidence.ts';
import {HOUR, duration, millis} from '../../snapshot/time.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, unknown} from '../define.ts';
import {PodLogs} from '../pod-logs.ts';
import {eventSymptoms} from '../symptoms.ts';
import {FailureGroups, diagnose, sumUp} from './shared/failures.ts';

const WHAT = 'cannot get a sandbox';
const REASONS: ReadonlySet<string> = new Set(['FailedCreatePodSandBox', 'NetworkNotReady']);
/** A pod that still waits after this long, and of which no event is left, says nothing of its reason. */
const SILENT_AFTER = HOUR;
/** Classes that a check of their own reports. */
const ELSEWHERE: ReadonlySet<string> = new Set(['KBL007', 'KBL008']);

export default defineCheck({
  id: 'KBL001',
  name: 'sandbox-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'Windows pods cannot get their sandbox',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses', 'node.logs'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Reads the events FailedCreatePodSandBox and NetworkNotReady of the last hour of Windows pods that are still not running, and what the logs of kubelet and containerd on their nodes say of them, and classifies their texts by the catalogue of known errors. It fails once for each class of error, with every workload and node that shows it.',
    why: 'Before any container of a pod starts, the node makes its sandbox: the pause container, an HNS namespace and endpoint. While that fails the pod stays in ContainerCreating, and so does every new pod of that node.',
    fix: [
      'Read the whole text: `kubectl describe pod -n NAMESPACE POD`.',
      'See whether other pods of the node start; where none does, look at its CNI pod and at HNS: `kubectl win doctor --node NODE --agent once`.',
      'Delete the pod, so that it gets a fresh sandbox.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/debug/debug-cluster/windows/',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: sumUp(WHAT),
  *run({workloads, events, wants, now}) {
    const index = indexEvents(events);
    const logs = new PodLogs(wants['node.logs'], now);
    const failures = new FailureGroups();
    const judged = new Set<PlacedPod['workload']>();
    const silent: Outcome[] = [];
    for (const placed of windowsPods(workloads, wants)) {
      judged.add(placed.workload);
      const {pod} = placed;
      if (isWell(pod) || isTerminating(pod)) continue;
      const found = diagnose(
        [...eventSymptoms(index, pod, {reasons: REASONS, now}), ...logs.of(pod, 'sandbox-failed')],
        placed,
      );
      if (found && !ELSEWHERE.has(found.kind.entry?.judgedBy ?? '')) failures.add(placed, found);
      else if (!found && index.recent(pod, now).length === 0) silent.push(...silence(placed, now));
    }
    for (const workload of judged) if (!failures.has(workload)) yield logs.passOf(workload);
    yield* silent;
    yield* failures.fails(WHAT, this.docs.fix);
  },
});

function silence({pod}: PlacedPod, now: number): Outcome[] {
  const created = millis(pod.metadata.creationTimestamp);
  const creating = pod.status.containerStatuses?.some(s => s.state?.waiting?.reason === 'ContainerCreating');
  if (!creating || created === undefined || now - created < SILENT_AFTER) return [];
  const detail = `the pod has been in ContainerCreating for ${duration(now - created)}, and no event of the last hour says why`;
  return [unknown(pod, 'events', missing('failed', detail))];
}
