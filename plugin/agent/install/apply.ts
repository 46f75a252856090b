import type {AgentObjects} from '../../../src/agent-manifests/objects.ts';
import {inOrder, ownedBy} from '../../../src/agent-manifests/objects.ts';
import type {ManifestObject, ManifestOwner} from '../../../src/agent-manifests/settings.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import type {ApiWriter} from '../../kube/api-writer.ts';
import {assertOurs, existing, identityIn} from './existing.ts';
import {pathOf} from './paths.ts';

/** An object to be applied, and whether something of ours has its name already. */
export interface PlannedObject {
  object: ManifestObject;
  isThere: boolean;
}

/** Looks at what is there. Throws a `UserError` where a name is somebody else's. */
export async function planOf(
  objects: AgentObjects,
  reader: ApiReader,
  signal: AbortSignal,
): Promise<PlannedObject[]> {
  return Promise.all(
    inOrder(objects).map(async object => {
      const found = await existing(reader, object, signal);
      assertOurs(object, found);
      return {object, isThere: found !== undefined};
    }),
  );
}

export interface ApplyOptions {
  writer: ApiWriter;
  signal: AbortSignal;
  /** Called before each object. */
  applying?: (object: ManifestObject) => void;
}

/** Applies everything in order; what belongs to something is told so by the uid that the server gave. */
export async function applyAll(objects: AgentObjects, options: ApplyOptions): Promise<void> {
  const {namespace, cluster, expiry, members} = objects;
  const space = await apply(namespace, options);
  // What is to go by itself goes with the namespace or with the Job.
  const owner = expiry.length > 0 ? space : undefined;
  for (const object of cluster) await apply(object, options, owner);
  let job: ManifestOwner | undefined;
  for (const object of expiry) {
    const applied = await apply(object, options);
    if (object.kind === 'Job') job = applied;
  }
  for (const object of members) await apply(object, options, job);
}

async function apply(
  object: ManifestObject,
  {writer, signal, applying}: ApplyOptions,
  owner?: ManifestOwner,
): Promise<ManifestOwner> {
  applying?.(object);
  const path = pathOf(object);
  const body = await writer.apply(path, owner ? ownedBy(object, owner) : object, {signal, force: true});
  const {apiVersion, kind, metadata} = object;
  return {apiVersion, kind, name: metadata.name, uid: identityIn(body, path).uid};
}
