import {defineCheck} from '../define.ts';
import {judgeRequests} from './shared/certificate-requests.ts';

const SIGNER = 'kubernetes.io/kubelet-serving';

export default defineCheck({
  id: 'NOD021',
  name: 'kubelet-port-unreachable',
  severity: 'error',
  since: '0.1.0',
  title: 'The API server cannot use the kubelet’s port',
  evidence: ['A'],
  needs: ['nodes', 'certificateSigningRequests'],
  docs: {
    what: 'Requests of Windows nodes for a serving certificate (`kubernetes.io/kubelet-serving`) that nobody approved or denied for 5 minutes: without one the API server does not trust port 10250. A firewall that blocks the port cannot be seen from the API.',
    why: '`kubectl logs`, `exec`, `port-forward` and metrics fail on the node with a TLS error, while its pods run.',
    fix: [
      '`kubectl get csr`, then, if the node is yours: `kubectl certificate approve REQUEST`.',
      'Run an approver for serving certificates, or set `serverTLSBootstrap: false` in the kubelet’s configuration.',
      'Where no request is pending: open TCP 10250 in the profile of the Windows firewall that the adapter has.',
    ],
    links: [
      'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation',
    ],
  },
  *run(input) {
    yield* judgeRequests(input, SIGNER, (node, ago, request) => ({
      cause: 'serving-certificate-not-approved',
      message: `Nobody approved the serving certificate that ${node} asked for ${ago} ago`,
      fix: [
        `\`kubectl certificate approve ${request}\`, if the node is yours.`,
        'Run an approver for `kubernetes.io/kubelet-serving`, so that the next renewal passes, too.',
      ],
    }));
  },
});
