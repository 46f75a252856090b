import {indexEvents} from '../../kube/events.ts';
import type {EventIndex} from '../../kube/events.ts';
import {isTerminating, isWell, statusesOf, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {Pod} from '../../kube/types.ts';
import {defineCheck, ref} from '../define.ts';
import {PodLogs} from '../pod-logs.ts';
import {eventSymptoms} from '../symptoms.ts';
import type {Symptom} from '../symptoms.ts';
import {FailureGroups, diagnose, sumUp} from './shared/failures.ts';

const WHAT = 'cannot start a container';
const REASONS: ReadonlySet<string> = new Set(['Failed', 'FailedPostStartHook']);
/** Reasons of waiting by which the kubelet says that the runtime would not create or start a container. */
const WAITING: ReadonlySet<string> = new Set([
  'CreateContainerError',
  'CreateContainerConfigError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);
/** Reasons of termination of a container whose process never ran. */
const NEVER_RAN: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);
/** How texts of failed pulls begin: the IMG checks judge them. */
const PULL_TEXTS = [
  'Failed to pull image',
  'Failed to inspect image',
  'Failed to apply default image tag',
  'Error: ErrImagePull',
  'Error: ImagePullBackOff',
  'Error: ErrImageNeverPull',
  'Error: InvalidImageName',
  'Error: ImageInspectError',
  'Error: RegistryUnavailable',
];
/** Classes that a check of their own reports. */
const ELSEWHERE: ReadonlySet<string> = new Set(['IMG002', 'IMG003', 'KBL007', 'KBL008']);

export default defineCheck({
  id: 'KBL002',
  name: 'container-start-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'Containers of Windows pods cannot be created or started',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses', 'node.logs'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Reads container statuses (CreateContainerError, RunContainerError, StartError and the like) and Failed events of the last hour of Windows pods that are not running, and what the log of the kubelet on their nodes says of them, and classifies their texts by the catalogue of known errors. It fails once for each class; failed image pulls and images of another Windows build belong to the IMG checks.',
    why: 'The sandbox of the pod stands, but the Host Compute Service or the runtime refuses the container itself, so its program never runs and leaves no log.',
    fix: [
      'Read the whole text: `kubectl describe pod -n NAMESPACE POD`.',
      'Check command, working directory and mounts of the container: they need Windows paths.',
      'Look up a code in the text: `kubectl win explain CODE`.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/debug/debug-cluster/windows/',
      'https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult',
    ],
  },
  many: sumUp(WHAT),
  *run({workloads, events, wants, now}) {
    const index = indexEvents(events);
    const logs = new PodLogs(wants['node.logs'], now);
    const failures = new FailureGroups();
    const judged = new Set<PlacedPod['workload']>();
    for (const placed of windowsPods(workloads, wants)) {
      judged.add(placed.workload);
      if (isWell(placed.pod) || isTerminating(placed.pod)) continue;
      const found = diagnose(symptoms(placed.pod, {index, logs, now}), placed);
      if (found && !ELSEWHERE.has(found.kind.entry?.judgedBy ?? '')) failures.add(placed, found);
    }
    for (const workload of judged) if (!failures.has(workload)) yield logs.passOf(workload);
    yield* failures.fails(WHAT, this.docs.fix);
  },
});

/** Statuses first: they say how it stands now. Events only where a container still waits or has never run. */
function symptoms(pod: Pod, {index, logs, now}: {index: EventIndex; logs: PodLogs; now: number}): Symptom[] {
  const ofStatus = statusSymptoms(pod);
  const running = statusesOf(pod).every(
    ({status}) => status.state?.running || status.state?.terminated?.exitCode === 0,
  );
  if (running) return ofStatus;
  const crashing = statusesOf(pod).some(({status}) => status.lastState?.terminated && ofStatus.length === 0);
  if (crashing) return [];
  const ofEvents = eventSymptoms(index, pod, {reasons: REASONS, now});
  return [
    ...ofStatus,
    ...ofEvents.filter(({text}) => !PULL_TEXTS.some(start => text.startsWith(start))),
    ...logs.of(pod, 'container-failed'),
  ];
}

function statusSymptoms(pod: Pod): Symptom[] {
  return statusesOf(pod).flatMap(({status, pointer}) => {
    const {waiting, terminated} = status.state ?? {};
    const last = status.lastState?.terminated;
    const found: Symptom[] = [];
    if (waiting?.reason !== undefined && WAITING.has(waiting.reason)) {
      const text = waiting.message ?? waiting.reason;
      const field = waiting.message === undefined ? 'reason' : 'message';
      found.push({text, ref: ref(pod, `${pointer}/state/waiting/${field}`, text)});
    }
    for (const [at, end] of [
      ['state', terminated],
      ['lastState', last],
    ] as const) {
      if (end?.reason === undefined || !NEVER_RAN.has(end.reason) || !end.message) continue;
      const evidence = ref(pod, `${pointer}/${at}/terminated/message`, end.message);
      found.push({
        text: end.message,
        ref: evidence,
        ...(end.finishedAt !== undefined && {since: end.finishedAt}),
      });
    }
    return found;
  });
}
