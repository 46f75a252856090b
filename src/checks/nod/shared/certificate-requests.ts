import type {CertificateSigningRequest, Node} from '../../../kube/types.ts';
import {MINUTE, millis} from '../../../snapshot/time.ts';

/** Approvers that work do so within seconds. */
const PATIENCE = 5 * MINUTE;
const USER = 'system:node:';

/** The oldest request of each node for one signer that nobody approved or denied within 5 minutes, by node name. */
export function pendingRequests(
  requests: readonly CertificateSigningRequest[],
  signer: string,
  now: number,
): Map<Node['metadata']['name'], CertificateSigningRequest> {
  const pending = new Map<string, CertificateSigningRequest>();
  for (const request of requests) {
    const {signerName, username = ''} = request.spec;
    const made = millis(request.metadata.creationTimestamp);
    if (signerName !== signer || !username.startsWith(USER)) continue;
    if ((request.status.conditions ?? []).length > 0 || made === undefined || now - made < PATIENCE) continue;
    const node = username.slice(USER.length);
    const known = millis(pending.get(node)?.metadata.creationTimestamp);
    if (known === undefined || made < known) pending.set(node, request);
  }
  return pending;
}
