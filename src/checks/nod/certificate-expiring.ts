import {defineCheck} from '../define.ts';
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
  passNeeds: ['node.logs'],
  docs: {
    what: 'The API alone shows one sign: a Windows node asked to renew its client certificate (`kubernetes.io/kube-apiserver-client-kubelet`, which a kubelet does when four fifths of its life are over) and nobody approved it for 5 minutes. The dates themselves take the node’s files or logs.',
    why: 'When the certificate runs out, the kubelet can no longer speak with the API server and the node turns NotReady for good.',
    fix: [
      '`kubectl get csr`, then, if the node is yours: `kubectl certificate approve REQUEST`.',
      'See why the controller did not approve it: `kubectl -n kube-system logs -l component=kube-controller-manager`.',
    ],
    links: ['https://kubernetes.io/docs/tasks/tls/certificate-rotation/'],
  },
  *run(input) {
    yield* judgeRequests(input, SIGNER, (node, ago, request) => ({
      cause: 'client-certificate-not-renewed',
      message: `Nobody approved the new client certificate that ${node} asked for ${ago} ago, and its old one runs out`,
      fix: [`\`kubectl certificate approve ${request}\`, if the node is yours.`],
    }));
  },
});
