import check from '../../../src/checks/nod/certificate-expiring.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
function request(node: string, seconds: number, more: object = {}) {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name: `csr-${node}`, creationTimestamp: ago(seconds)},
    spec: {
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      username: `system:node:${node}`,
      ...more,
    },
    status: {},
  };
}
const subjects = ['Node//win-1'];
const approved = {...request('win-1', 3600), status: {conditions: [{type: 'Approved', status: 'True'}]}};

checkCases({
  check,
  finds: {
    'a renewal of the client certificate that nobody approves': () => [
      healthy().add(request('win-1', 7000)),
      {severity: 'warning', subjects, cause: 'client-certificate-not-renewed', says: /its old one runs out/},
    ],
  },
  passes: {
    'no request is pending': () => healthy(),
    'an approved request': () => healthy().add(approved),
    'a request of a minute ago': () => healthy().add(request('win-1', 60)),
    'a node that bootstraps is nobody yet': () =>
      healthy().add(request('win-1', 7000, {username: 'system:bootstrap:abcdef'})),
  },
  unknown: {
    'requests may not be listed': () => [
      healthy().without('certificateSigningRequests'),
      'certificateSigningRequests',
    ],
    'the dates themselves take the node': () => [healthy(), 'node.system'],
  },
});
