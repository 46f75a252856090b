import {SHAPES} from '../../src/kube/shapes.ts';
import type {ContainerStatus, Pod} from '../../src/kube/types.ts';
import {ApiStatusError} from '../kube/api-error.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {parseAnswer} from '../kube/list.ts';
import type {LogTarget} from './log-target.ts';

/** How a container fares, as far as its log is concerned. */
export interface ContainerState {
  /** UID of the pod: another one of the same name is another pod. */
  uid: string;
  restarts: number;
  /** `ended`: it will not run again. `waiting`: not yet, or not at the moment. */
  phase: 'waiting' | 'running' | 'ended';
}

/** Asks the API server how a container fares; undefined where its pod is gone. */
export async function containerState(
  reader: ApiReader,
  {namespace, pod, container}: LogTarget,
  signal: AbortSignal,
): Promise<ContainerState | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
  try {
    const {text} = await reader.get(path, {signal});
    const found = SHAPES.pods(parseAnswer(text, path), '', undefined);
    return found && {uid: found.metadata.uid ?? '', ...stateIn(found, container)};
  } catch (error) {
    if (error instanceof ApiStatusError && error.status === 404) return undefined;
    throw error;
  }
}

/** Ephemeral containers have statuses, too, which no check reads. */
function stateIn(pod: Pod, container: string): Omit<ContainerState, 'uid'> {
  const {containerStatuses = [], initContainerStatuses = [], phase} = pod.status;
  const status = [...containerStatuses, ...initContainerStatuses].find(s => s.name === container);
  const over = phase === 'Succeeded' || phase === 'Failed';
  if (!status) return {restarts: 0, phase: over ? 'ended' : 'running'};
  return {restarts: status.restartCount ?? 0, phase: phaseOf(status, pod, over)};
}

function phaseOf({name, state}: ContainerStatus, {spec}: Pod, over: boolean): ContainerState['phase'] {
  if (state?.running) return 'running';
  if (over) return 'ended';
  if (!state?.terminated) return 'waiting';
  const init = spec.initContainers?.find(c => c.name === name);
  const policy = init ? (init.restartPolicy ?? 'OnFailure') : (spec.restartPolicy ?? 'Always');
  const succeeded = state.terminated.exitCode === 0;
  return policy === 'Never' || (policy === 'OnFailure' && succeeded) ? 'ended' : 'waiting';
}
