import {AGENT_KEY_ENTRY, AGENT_KEY_SECRET, AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels} from './labels.ts';
import type {ManifestObject} from './settings.ts';

/** The key that requests to agents are signed with, as `formatKeys` writes it. */
export function keySecret(key: string): ManifestObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: AGENT_KEY_SECRET, namespace: AGENT_NAMESPACE, labels: commonLabels()},
    type: 'Opaque',
    stringData: {[AGENT_KEY_ENTRY]: key},
  };
}
