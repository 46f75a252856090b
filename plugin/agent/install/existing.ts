import {OWNED_LABEL, OWNED_VALUE} from '../../../src/agent-manifests/labels.ts';
import type {ManifestObject} from '../../../src/agent-manifests/settings.ts';
import {fields, mapOf, text} from '../../../src/kube/shape.ts';
import {UserError} from '../../errors.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {parseAnswer} from '../../kube/list.ts';
import {nameOf, pathOf} from './paths.ts';

/** What of an object that is there is of interest to whoever wants its name. */
export interface Existing {
  uid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

const existingShape = fields<{metadata?: Partial<Existing>}>({
  metadata: fields<Partial<Existing>>({uid: text, labels: mapOf(text), annotations: mapOf(text)}),
});

/** Reads the identity of an object from the API server's answer. */
export function identityIn(body: string, path: string): Existing {
  const read = existingShape(parseAnswer(body, path), '', undefined)?.metadata;
  return {uid: read?.uid ?? '', labels: read?.labels ?? {}, annotations: read?.annotations ?? {}};
}

/** What has an object's name now; `undefined` where nothing has. */
export async function existing(
  reader: ApiReader,
  object: Pick<ManifestObject, 'apiVersion' | 'kind' | 'metadata'>,
  signal: AbortSignal,
): Promise<Existing | undefined> {
  const path = pathOf(object);
  try {
    const {text: body} = await reader.get(path, {signal});
    return identityIn(body, path);
  } catch (error) {
    if (error instanceof ApiStatusError && error.status === 404) return undefined;
    throw error;
  }
}

/** Refuses to touch what somebody else made under one of our names. */
export function assertOurs(object: ManifestObject, found: Existing | undefined): void {
  if (!found || found.labels[OWNED_LABEL] === OWNED_VALUE) return;
  const space = object.metadata.namespace === undefined ? '' : ` in namespace ${object.metadata.namespace}`;
  throw new UserError(`${nameOf(object)}${space} is there already, and it is not kubectl win's`, {
    code: 'foreign-object',
    fix: [
      `look at it: kubectl get ${nameOf(object)}${object.metadata.namespace === undefined ? '' : ` -n ${object.metadata.namespace}`} -o yaml`,
      `hand it over, if it may be changed: kubectl label ${nameOf(object)} ${OWNED_LABEL}=${OWNED_VALUE}`,
    ],
  });
}
