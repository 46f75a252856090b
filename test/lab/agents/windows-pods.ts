import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {objectAnswers} from '../../helpers/stub.ts';
import type {Sandbox} from '../net/runtimes.ts';

/** Of the first pod; 1 is the host's. */
const FIRST_COMPARTMENT = 2;

/** What HNS has of the namespaces of a node's pods, a compartment each. */
export function namespaceAnswers(pods: readonly Sandbox[]): Record<string, string> {
  const namespaces = pods.map((pod, i) => {
    const id = namespaceOf(pod);
    return [id, JSON.stringify({ID: id, NamespaceId: FIRST_COMPARTMENT + i, Type: 'Guest'})] as const;
  });
  return objectAnswers('namespace', Object.fromEntries(namespaces));
}

/** Has the container runtime (`test/agent/programs/runtime-pipe.ts`) know them. `folder` is that of the stub of HNS. */
export function writeWindowsPods(folder: string, pods: readonly Sandbox[]): void {
  const sandboxes = pods.map(pod => ({
    id: namespaceOf(pod),
    state: 0,
    metadata: {namespace: pod.namespace, name: pod.name, uid: pod.uid, attempt: 0},
    info: {
      config: {dns_config: pod.dns},
      runtimeSpec: {windows: {network: {networkNamespace: namespaceOf(pod)}}},
    },
  }));
  mkdirSync(join(folder, 'cri'), {recursive: true});
  writeFileSync(join(folder, 'cri', 'sandboxes.json'), JSON.stringify(sandboxes));
}

/** A GUID that is the same each time. */
function namespaceOf({uid}: Sandbox): string {
  const hex = createHash('sha256').update(uid).digest('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
}
