import check from '../../../src/checks/nod/kubelet-port-unreachable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
function request(node: string, seconds: number, more: object = {}) {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name: `csr-${node}`, creationTimestamp: ago(seconds)},
    spec: {signerName: 'kubernetes.io/kubelet-serving', username: `system:node:${node}`, ...more},
    status: {},
  };
}
const subjects = ['Node//win-1'];
const approved = {...request('win-1', 3600), status: {conditions: [{type: 'Approved', status: 'True'}]}};

checkCases({
  check,
  finds: {
    'a serving certificate that nobody approves': () => [
      healthy().add(request('win-1', 301)),
      {
        severity: 'error',
        subjects,
        cause: 'serving-certificate-not-approved',
        says: /win-1 asked for 5 min ago/,
      },
    ],
  },
  passes: {
    'no request is pending': () => healthy(),
    'a request of a minute ago': () => healthy().add(request('win-1', 299)),
    'an approved request': () => healthy().add(approved),
    'a Linux node': () => healthy().add(request('linux-0', 3600)),
    'a request for another signer': () =>
      healthy().add(request('win-1', 3600, {signerName: 'example.com/serving'})),
  },
  unknown: {
    'requests may not be listed': () => [
      healthy().without('certificateSigningRequests'),
      'certificateSigningRequests',
    ],
  },
});
