import {ApiError, type Api, type LabObject} from '../parts/api.ts';
import {saysReady} from '../parts/ready.ts';
import {patiently} from './patience.ts';

/**
 * Waits until what was created can be used by what comes next: a node that says it is ready has lost the taint that it is
 * born with, a claim with a volume is bound. Pods that came earlier would leave events of failed scheduling behind.
 */
export async function usable(api: Api, object: LabObject): Promise<void> {
  if (object.kind === 'Node' && saysReady(object)) {
    await until(api, object, now => !taintsOf(now).includes('node.kubernetes.io/not-ready'));
  }
  if (object.kind === 'PersistentVolumeClaim' && 'volumeName' in fieldsOf(object['spec'])) {
    await until(api, object, now => fieldsOf(now['status'])['phase'] === 'Bound');
  }
}

/** Waits for a claim's volume: a controller that sees the claim first looks again only after 15 s. */
export async function neededBy(api: Api, object: LabObject): Promise<void> {
  const name = fieldsOf(object['spec'])['volumeName'];
  if (object.kind !== 'PersistentVolumeClaim' || typeof name !== 'string') return;
  const volume = {apiVersion: 'v1', kind: 'PersistentVolume', metadata: {name}};
  await until(api, volume, now => fieldsOf(now['status'])['phase'] !== 'Pending');
}

async function until(api: Api, object: LabObject, reached: (now: LabObject) => boolean): Promise<void> {
  await patiently(async () => {
    if (reached(await api.get(object))) return;
    throw new ApiError(404, `${object.kind} ${object.metadata.name} does not get ready for use`);
  });
}

function taintsOf({spec}: LabObject): string[] {
  const {taints} = fieldsOf(spec);
  return Array.isArray(taints) ? taints.map(taint => String(taint.key)) : [];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  // An object has fields; what they hold is asked for one by one.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
