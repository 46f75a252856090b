import {hexOf, toUint32} from '../../data/code-number.ts';
import type {ExitCode} from '../../data/ntstatus.ts';
import {explainExitCode} from '../../data/ntstatus.ts';
import {indexEvents} from '../../kube/events.ts';
import type {EventIndex} from '../../kube/events.ts';
import {isReady, isTerminating, statusesOf, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {ContainerStatus, Pod} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {HOUR, millis} from '../../snapshot/time.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass, ref, subjectOf} from '../define.ts';

/** A container between two crashes shows no back-off; after so many restarts, the last within the hour, it is one, too. */
const RESTARTS = 3;
/** The runtime never started these, which KBL002 judges. */
const NEVER_RAN: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);
/** Exit codes of a program that was stopped from outside: then the liveness probe may be the reason. */
const STOPPED: ReadonlySet<number> = new Set([0xc000013a, 0x40010004, 0x42b, 137, 143]);

export default defineCheck({
  id: 'KBL003',
  name: 'crash-loop',
  severity: 'error',
  since: '0.1.0',
  title: 'Containers of Windows pods end again and again',
  evidence: ['A'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'events'],
  docs: {
    what: 'Reads container statuses of Windows pods: it fails where a container waits in CrashLoopBackOff, or is not ready and ended within the last hour after at least three restarts. The exit code is decoded as a Windows status (NTSTATUS, HRESULT, .NET). One finding is one kind of end.',
    why: 'The program starts and ends, so its Service has no backend; the kubelet waits up to five minutes before each new try. Windows programs end with 32-bit status values, which the API prints as large or negative numbers.',
    fix: [
      'Read what it wrote last: `kubectl logs -n NAMESPACE POD --previous`.',
      'Look the code up: `kubectl win explain CODE`.',
      'Where it writes nothing, use LogMonitor as its entrypoint, so that event logs and files reach standard output.',
    ],
    links: [
      'https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55',
      'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states',
    ],
  },
  *run({workloads, wants, now}) {
    const events = wants.events.ok ? indexEvents(wants.events.value) : undefined;
    const seen = new Map<string, Fail>();
    const judged = new Map<string, PlacedPod['workload']>();
    for (const placed of windowsPods(workloads, wants)) {
      const {owner} = placed.workload;
      judged.set(idOf(owner), placed.workload);
      if (isReady(placed.pod) || isTerminating(placed.pod)) continue;
      for (const {status, pointer} of statusesOf(placed.pod)) {
        if (!loops(status, now)) continue;
        const outcome = failOf(placed, {status, pointer, probe: livenessProbe(placed.pod, events, now)});
        const key = `${idOf(owner)}\0${placed.pod.nodeName ?? ''}\0${status.name}\0${outcome.cause}`;
        if (!seen.has(key)) seen.set(key, outcome);
      }
    }
    const failing = new Set([...seen.values()].map(f => f.workload));
    for (const [id, {owner}] of judged) if (!failing.has(id)) yield pass(owner);
    yield* seen.values();
  },
});

function loops({state, lastState, restartCount = 0}: ContainerStatus, now: number): boolean {
  const last = lastState?.terminated ?? state?.terminated;
  if (NEVER_RAN.has(last?.reason ?? '')) return false;
  if (state?.waiting?.reason === 'CrashLoopBackOff') return true;
  const ended = millis(last?.finishedAt);
  return restartCount >= RESTARTS && ended !== undefined && now - ended <= HOUR;
}

/** The text of a failed liveness probe of the last hour, where the kubelet reports one. */
function livenessProbe(pod: Pod, events: EventIndex | undefined, now: number): string | undefined {
  const failed = events
    ?.recent(pod, now)
    .find(e => e.reason === 'Unhealthy' && /^(Liveness|Startup) probe/.test(e.message ?? ''));
  return failed?.message;
}

interface Crash {
  status: ContainerStatus;
  pointer: string;
  probe: string | undefined;
}

function failOf({pod, workload}: PlacedPod, {status, pointer, probe}: Crash): Fail {
  const inLast = status.lastState?.terminated !== undefined;
  const end = inLast ? status.lastState?.terminated : status.state?.terminated;
  const code = end?.exitCode;
  const known = code === undefined ? undefined : explainExitCode(code);
  const stoppedByProbe = probe !== undefined && code !== undefined && STOPPED.has(toUint32(code));
  const {owner} = workload;
  const {nodeName} = pod;
  const at = `${owner.metadata.namespace ?? ''}/${owner.metadata.name}`;
  return {
    status: 'fail',
    subject: subjectOf(owner),
    ...(nodeName !== undefined && {node: nodeName}),
    workload: idOf(owner),
    cause: stoppedByProbe ? 'liveness probe' : causeOf(code, known),
    message: `Container ${status.name} of ${at}${nodeName === undefined ? '' : ` on ${nodeName}`} ${endOf(code, known)}${
      stoppedByProbe ? ', after a failed probe stopped it' : ''
    }; it was restarted ${status.restartCount ?? 0} times`,
    evidence: [
      ref(pod, `${pointer}/${inLast ? 'lastState' : 'state'}/terminated/exitCode`, code ?? null),
      ref(pod, `${pointer}/restartCount`, status.restartCount ?? 0),
    ],
    ...(known && {
      fix: [
        sentence(known.remedy),
        `Read what it wrote last: \`kubectl logs -n ${pod.metadata.namespace ?? ''} ${pod.metadata.name} -c ${status.name} --previous\`.`,
      ],
    }),
    ...(stoppedByProbe && {fix: [`Mend the probe or give it more time: it says "${probe.slice(0, 200)}".`]}),
    ...(end?.finishedAt !== undefined && {since: end.finishedAt}),
  };
}

/** One class for each status that Windows defines; a program's own codes are one class together. */
function causeOf(code: number | undefined, known: ExitCode | undefined): string {
  if (code === undefined) return 'no exit code';
  if (code === 0) return 'ends by itself';
  return known?.name ?? 'own exit code';
}

function endOf(code: number | undefined, known: ExitCode | undefined): string {
  if (code === undefined) return 'ends again and again, and its exit code is not reported';
  if (code === 0) return 'ends by itself with exit code 0, although it is to run for ever';
  const notations = Math.abs(code) > 255 ? ` (${hexOf(code)}, ${toUint32(code)})` : '';
  if (!known) return `ends with exit code ${code}${notations}, which is its own`;
  return `ends with exit code ${code}${notations}, ${known.name}: ${known.meaning}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
