import type {Pod} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import {MINUTE, millis} from '../../../snapshot/time.ts';
import {wantedOs} from './os-fit.ts';
import {isReady} from '../../../kube/pods.ts';

/** How long a pod on Windows may take to become ready before it counts as stuck: images of gigabytes are ordinary. */
const START_PATIENCE = 10 * MINUTE;

/** Whether a DaemonSet that is not for Windows has pods on Windows nodes of which none becomes ready. */
export function isStuckOnWindows(workload: Workload, onWindows: Pod[], now: number): boolean {
  if (workload.owner.kind !== 'DaemonSet' || onWindows.length === 0) return false;
  const views = workload.template ? [workload.template] : workload.live;
  if (views.some(v => wantedOs(v) === 'windows')) return false;
  return onWindows.every(pod => !isReady(pod)) && onWindows.some(pod => isStuck(pod, now));
}

function isStuck(pod: Pod, now: number): boolean {
  const since = millis(pod.status.startTime ?? pod.metadata.creationTimestamp);
  const failing = (pod.status.containerStatuses ?? []).some(s => {
    const reason = s.state?.waiting?.reason;
    return (
      (s.restartCount ?? 0) > 0 ||
      (reason !== undefined && reason !== 'ContainerCreating' && reason !== 'PodInitializing')
    );
  });
  return failing || since === undefined || now - since > START_PATIENCE;
}
