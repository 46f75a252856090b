import check from '../../../src/checks/idn/gmsa-crd-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';

checkCases({
  check,
  finds: {
    'a pod names a spec, and the kind is not installed': () => [
      gmsaCluster().removeAll('CustomResourceDefinition'),
      {severity: 'error', subjects: ['Deployment/shop/web'], says: /`webapp`/},
    ],
    'a definition of the same plural in another group does not help': () => [
      gmsaCluster().changeAll('CustomResourceDefinition', d => (d.spec.group = 'example.test')),
      {subjects: ['Deployment/shop/web']},
    ],
    'a container names the spec': () => [
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].securityContext = {windowsOptions: {gmsaCredentialSpecName: 'webapp'}};
      }),
      {subjects: ['Deployment/shop/web']},
    ],
  },
  passes: {
    'nobody uses gMSA, and definitions may not be listed': () =>
      healthy().without('customResourceDefinitions'),
    'the kind is installed': () => gmsaCluster(),
    'nobody uses gMSA': () => healthy(),
  },
  unknown: {
    'the definitions may not be listed': () => [
      gmsaCluster().without('customResourceDefinitions'),
      'customResourceDefinitions',
    ],
    'only some definitions were read': () => [
      gmsaCluster().removeAll('CustomResourceDefinition').partly('customResourceDefinitions'),
      'customResourceDefinitions',
    ],
  },
});
