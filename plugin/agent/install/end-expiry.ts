import {setTimeout as sleep} from 'node:timers/promises';
import {OWNED_LABEL, OWNED_VALUE} from '../../../src/agent-manifests/labels.ts';
import {EXPIRY} from '../../../src/agent-manifests/role-names.ts';
import {AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {ExternalError} from '../../errors.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import type {ApiWriter} from '../../kube/api-writer.ts';
import {existing} from './existing.ts';
import {pathOf} from './paths.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const metadata = {name: EXPIRY, labels: {}};

/** What belongs to an earlier `--ttl`. The Job first: it owns the agents, and lets go of them. */
const EXPIRING = [
  {apiVersion: 'batch/v1', kind: 'Job', metadata: {...metadata, namespace: AGENT_NAMESPACE}},
  {apiVersion: RBAC, kind: 'ClusterRoleBinding', metadata},
  {apiVersion: RBAC, kind: 'ClusterRole', metadata},
  {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {...metadata, namespace: AGENT_NAMESPACE}},
];

/** The garbage collector takes the Job's name off what it owned, object by object. */
const POLL_MS = 200;
const PATIENCE_MS = 30_000;

/** Ends what would remove an installation later; what is installed stays. A new `--ttl` begins anew. */
export async function endExpiry({
  reader,
  writer,
  signal,
}: {
  reader: ApiReader;
  writer: ApiWriter;
  signal: AbortSignal;
}): Promise<void> {
  for (const object of EXPIRING) {
    const found = await existing(reader, object, signal);
    if (found?.labels[OWNED_LABEL] !== OWNED_VALUE) continue;
    await writer.remove(pathOf(object), {signal, uid: found.uid, orphan: object.kind === 'Job'});
    const end = performance.now() + PATIENCE_MS;
    while (await existing(reader, object, signal)) {
      if (performance.now() > end) {
        throw new ExternalError(`${object.kind} ${EXPIRY} of an earlier \`--ttl\` does not go`, {
          code: 'expiry',
        });
      }
      await sleep(POLL_MS, undefined, {signal});
    }
  }
}
