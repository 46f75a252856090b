import {nodesOf} from '../../../kube/os.ts';
import type {CertificateSigningRequest, Node} from '../../../kube/types.ts';
import {MINUTE, duration, millis} from '../../../snapshot/time.ts';
import type {Fail, Outcome} from '../../define.ts';
import {fail, pass, ref} from '../../define.ts';

/** Approvers that work do so within seconds. */
const PATIENCE = 5 * MINUTE;
const USER = 'system:node:';

/** What checks of certificate requests read. */
export interface RequestInput {
  nodes: readonly Node[];
  certificateSigningRequests: readonly CertificateSigningRequest[];
  now: number;
}

/** What a check says of a request for its signer that nobody answers. */
export type Told = Pick<Fail, 'cause' | 'message' | 'fix'>;

/** Judges each Windows node by whether a request of it for the signer waits; `tell` is given how long ago it was made. */
export function* judgeRequests(
  {nodes, certificateSigningRequests, now}: RequestInput,
  signer: string,
  tell: (node: string, ago: string, request: string) => Told,
): Generator<Outcome> {
  const pending = pendingRequests(certificateSigningRequests, signer, now);
  for (const node of nodesOf('windows', nodes)) {
    const {name} = node.metadata;
    const request = pending.get(name);
    const since = request?.metadata.creationTimestamp;
    const made = millis(since);
    if (!request || made === undefined) {
      yield pass(node);
      continue;
    }
    yield fail(node, {
      ...tell(name, duration(now - made), request.metadata.name),
      evidence: [ref(request, '/spec/signerName', signer)],
      ...(since !== undefined && {since}),
    });
  }
}

/** The oldest request of each node that nobody approved or denied within 5 minutes, by node name. */
function pendingRequests(
  requests: readonly CertificateSigningRequest[],
  signer: string,
  now: number,
): Map<string, CertificateSigningRequest> {
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
