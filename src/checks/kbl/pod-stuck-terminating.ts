import {indexEvents} from '../../kube/events.ts';
import {windowsPods} from '../../kube/pods.ts';
import type {Pod} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import type {Ref} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {eventSymptoms} from '../symptoms.ts';
import {diagnose, quote} from './shared/failures.ts';
import type {Diagnosis} from './shared/failures.ts';

/** The kubelet needs a while after the grace period: stop, unmount, removal of the network (it retries every 2 min). */
const PATIENCE = 5 * MINUTE;
const REASONS: ReadonlySet<string> = new Set(['FailedKillPod', 'ExceededGracePeriod', 'FailedPreStopHook']);

export default defineCheck({
  id: 'KBL006',
  name: 'pod-stuck-terminating',
  severity: 'warning',
  since: '0.1.0',
  title: 'Windows pods do not end',
  evidence: ['A'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'events'],
  docs: {
    what: 'Reads Windows pods whose deletion was asked for: it fails where the time by which they were to be gone (`deletionTimestamp`, which holds the grace period already) passed more than five minutes ago, and names the finalizers or the last error of the kubelet.',
    why: 'The name and volumes of the pod stay taken, so a StatefulSet does not go on and a drain of the node hangs. On Windows the usual reasons are a container that HCS cannot end, and an HNS namespace that is not let go of.',
    fix: [
      'See what it waits for: `kubectl describe pod -n NAMESPACE POD`.',
      'Where a finalizer holds it, look at the controller that set it.',
      'Where the node is gone for good, delete the Node object, or taint it `node.kubernetes.io/out-of-service`.',
      'Else drain and reboot the node. `kubectl delete pod --force` only hides it: the container may still run.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
      'https://github.com/microsoft/Windows-Containers/issues/485',
    ],
  },
  *run({workloads, wants, now}) {
    const index = wants.events.ok ? indexEvents(wants.events.value) : undefined;
    for (const placed of windowsPods(workloads, wants)) {
      const {pod, workload} = placed;
      const due = millis(pod.metadata.deletionTimestamp);
      if (due === undefined || now - due <= PATIENCE) {
        yield pass(pod);
        continue;
      }
      const symptoms = index ? eventSymptoms(index, pod, {reasons: REASONS, now}) : [];
      yield fail(pod, {
        ...reasonOf(pod, diagnose(symptoms, placed), now - due),
        workload: idOf(workload.owner),
        ...(pod.metadata.deletionTimestamp !== undefined && {since: pod.metadata.deletionTimestamp}),
      });
    }
  },
});

function reasonOf(
  pod: Pod,
  diagnosis: Diagnosis | undefined,
  late: number,
): {cause: string; message: string; evidence: Ref[]; fix?: string[]} {
  const {finalizers = [], namespace = '', name, deletionTimestamp} = pod.metadata;
  const says = `Pod ${namespace}/${name} was to be gone ${duration(late)} ago`;
  const due = ref(pod, '/metadata/deletionTimestamp', deletionTimestamp);
  if (finalizers.length > 0) {
    return {
      cause: 'finalizer',
      message: `${says}, but ${finalizers.length === 1 ? 'the finalizer' : 'finalizers'} ${finalizers.join(', ')} ${finalizers.length === 1 ? 'holds' : 'hold'} it`,
      evidence: [due, ref(pod, '/metadata/finalizers', finalizers)],
    };
  }
  if (!diagnosis) {
    return {
      cause: 'kubelet does not end it',
      message: `${says}, and the kubelet of ${pod.nodeName ?? 'its node'} does not report it as ended`,
      evidence: [due],
    };
  }
  const {entry, cause} = diagnosis.kind;
  return {
    cause,
    message: `${says}: ${entry ? `${entry.meaning}; it says` : 'the error is'} "${quote(diagnosis.text)}"`,
    evidence: [due, diagnosis.ref],
    ...(entry && {fix: [...entry.remedy]}),
  };
}
