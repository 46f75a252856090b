import type {Api, LabObject} from '../parts/api.ts';
import {createEvents} from './events.ts';
import {patiently} from './patience.ts';
import {POD_STATUS, setPodStatus} from './pod-status.ts';
import {settled} from './settle.ts';
import {neededBy, usable} from './usable.ts';

/** Pods and nodes that carry this annotation are left alone by kwok: their status is what the scene says, for good. */
export const BY_HAND = 'lab.kubectl-win/by-hand';

/** What makes kwok renew a node's lease and run its pods. */
const FAKE_NODE = {'kwok.x-k8s.io/node': 'fake'};

/** How many requests are in flight at once while loading. */
const PARALLEL = 16;

/** Creates the objects batch by batch through the API server, status included. */
export async function loadObjects(api: Api, batches: Iterable<LabObject[]>): Promise<void> {
  for (const batch of batches) {
    // What is said of pods holds for those that run: kwok would write over it.
    if (batch.some(object => object.kind === POD_STATUS)) await settled(api);
    const queue = batch.values();
    await Promise.all(
      Array.from({length: PARALLEL}, async () => {
        for (const object of queue) await loadObject(api, object);
      }),
    );
    for (const object of batch) await usable(api, object);
  }
}

/** Creates one object; its status, which the API server ignores at creation, goes through the status subresource. */
export async function loadObject(api: Api, object: LabObject): Promise<void> {
  if (object.kind === 'Event') return createEvents(api, object);
  if (object.kind === POD_STATUS) return setPodStatus(api, object);
  await neededBy(api, object);
  const {status, ...bare} = object;
  await patiently(() => api.create(annotated(bare, ownAnnotations(object))));
  if (status !== undefined) await api.patch(object, {status}, 'status');
}

function ownAnnotations(object: LabObject): Record<string, string> {
  if (object.kind === 'Pod' && object['status'] !== undefined) return {[BY_HAND]: 'true'};
  // kwok takes up a node only when it appears, not when it is annotated later.
  if (object.kind === 'Node' && !(BY_HAND in annotationsOf(object))) return FAKE_NODE;
  return {};
}

function annotated(object: LabObject, more: Record<string, string>): LabObject {
  if (Object.keys(more).length === 0) return object;
  return {...object, metadata: {...object.metadata, annotations: {...annotationsOf(object), ...more}}};
}

function annotationsOf({metadata}: LabObject): Record<string, string> {
  // A map of strings, or the API server will refuse it.
  return (metadata['annotations'] ?? {}) as Record<string, string>;
}
