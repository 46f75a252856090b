import type {Node} from '../../kube/types.ts';
import type {PerNode} from '../../node/evidence.ts';
import {valueOn} from '../../node/on-node.ts';
import type {NodeSystem} from '../../node/system.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import {DAY, duration, millis} from '../../snapshot/time.ts';
import type {Outcome, Pass} from '../define.ts';
import {defineCheck, fail, unknown} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {judgeRequests} from './shared/certificate-requests.ts';

const SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';

export default defineCheck({
  id: 'NOD022',
  name: 'certificate-expiring',
  severity: 'warning',
  since: '0.1.0',
  title: 'Certificates of nodes are about to expire',
  evidence: ['A', 'N'],
  needs: ['nodes', 'certificateSigningRequests'],
  wants: ['node.system'],
  passNeeds: ['node.system'],
  docs: {
    what: 'The API alone shows one sign: a Windows node asked to renew its client certificate (`kubernetes.io/kube-apiserver-client-kubelet`, which a kubelet does when four fifths of its life are over) and nobody approved it for 5 minutes. With the agent the dates themselves are read: client and serving certificate of the kubelet and the CA that it trusts; within 14 days it is a warning, past the date an error.',
    why: 'When the certificate runs out, the kubelet can no longer speak with the API server and the node turns NotReady for good.',
    fix: [
      '`kubectl get csr`, then, if the node is yours: `kubectl certificate approve REQUEST`.',
      'See why the controller did not approve it: `kubectl -n kube-system logs -l component=kube-controller-manager`.',
    ],
    links: ['https://kubernetes.io/docs/tasks/tls/certificate-rotation/'],
  },
  *run(input) {
    const waiting = judgeRequests(input, SIGNER, (node, ago, request) => ({
      cause: 'client-certificate-not-renewed',
      message: `Nobody approved the new client certificate that ${node} asked for ${ago} ago, and its old one runs out`,
      fix: [`\`kubectl certificate approve ${request}\`, if the node is yours.`],
    }));
    const byName = new Map(input.nodes.map(n => [n.metadata.name, n]));
    for (const outcome of waiting) {
      if (outcome.status !== 'pass') yield outcome;
      else yield* byDates(outcome, byName, input);
    }
  },
});

/** Kubelets renew at four fifths of a life of a year, so that less than this is left only where renewal fails. */
const SOON = 14 * DAY;

const NAMES: Readonly<Record<string, string>> = {
  'kubelet-client': 'client certificate of the kubelet',
  'kubelet-serving': 'serving certificate of the kubelet',
  'cluster-ca': 'CA of the cluster',
};

/** What the certificates on the node say. */
function* byDates(
  passed: Pass,
  nodes: ReadonlyMap<string, Node>,
  {wants, now}: {wants: {readonly 'node.system': Evidence<PerNode<NodeSystem>>}; now: number},
): Generator<Outcome> {
  const {name} = 'metadata' in passed.subject ? passed.subject.metadata : passed.subject;
  const node = nodes.get(name);
  const system = valueOn(wants['node.system'], name);
  if (!node || !system) {
    yield passed;
    return;
  }
  if (!system.certificates?.some(c => c.role === 'kubelet-client' && c.notAfter !== undefined)) {
    yield unknown(
      node,
      'node.system',
      missing('failed', 'the certificates of the kubelet could not be read'),
    );
    return;
  }
  let isWell = true;
  for (const [i, {role, notAfter}] of system.certificates.entries()) {
    const left = (millis(notAfter) ?? Infinity) - now;
    if (left > SOON) continue;
    isWell = false;
    yield fail(node, {
      severity: left <= 0 ? 'error' : 'warning',
      cause: `${role} ${left <= 0 ? 'expired' : 'expires'}`,
      message: `The ${NAMES[role] ?? 'certificate'} on ${name} ${left <= 0 ? 'expired' : 'expires in'} ${duration(left)}${left <= 0 ? ' ago' : ''}`,
      evidence: [fileRefs(node)('system.json', `/certificates/${i}/notAfter`, notAfter)],
    });
  }
  if (isWell) yield passed;
}
