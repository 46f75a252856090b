import check from '../../../src/checks/idn/gmsa-spec-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';

checkCases({
  check,
  finds: {
    'the spec is not there': () => [
      gmsaCluster().remove('GMSACredentialSpec', 'webapp'),
      {severity: 'error', subjects: ['Deployment/shop/web'], says: /no GMSACredentialSpec `webapp`/},
    ],
    'the spec has another name': () => [
      gmsaCluster().change('GMSACredentialSpec', 'webapp', s => (s.metadata.name = 'WebApp')),
      {subjects: ['Deployment/shop/web']},
    ],
  },
  passes: {
    'nobody uses gMSA, and specs may not be listed': () => healthy().without('gmsaCredentialSpecs'),
    'the spec is there': () => gmsaCluster(),
    'the kind itself is missing, which IDN001 tells': () =>
      gmsaCluster().removeAll('GMSACredentialSpec').removeAll('CustomResourceDefinition'),
    'nobody uses gMSA': () => healthy(),
  },
  unknown: {
    'the specs may not be listed': () => [
      gmsaCluster().without('gmsaCredentialSpecs'),
      'gmsaCredentialSpecs',
    ],
    'only some specs were read': () => [gmsaCluster().partly('gmsaCredentialSpecs'), 'gmsaCredentialSpecs'],
  },
});
