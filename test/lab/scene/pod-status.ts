import type {Api, LabObject} from '../parts/api.ts';
import {patiently} from './patience.ts';
import {podsChosen} from './pods-chosen.ts';

/** The kind of document by which a scene makes running pods look broken. It is ours, not the API server's. */
export const POD_STATUS = 'PodStatus';

/**
 * Patches the status of the pods that `spec.selector` (and `spec.nodes`) choose, once they were started: the waiting
 * reasons, exit codes and restarts that a kubelet would report.
 */
export async function setPodStatus(api: Api, {metadata, spec, status}: LabObject): Promise<void> {
  // A document of a scene, not a stranger's.
  const {selector, nodes} = spec as {selector: string; nodes?: string[]};
  const pods = await patiently(async () => podsChosen(api, {namespace: metadata.namespace, selector, nodes}));
  for (const {metadata} of pods) {
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`;
    await api.send('PATCH', path, {status}, 'application/strategic-merge-patch+json');
  }
}
