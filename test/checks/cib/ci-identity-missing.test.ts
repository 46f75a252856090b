import check from '../../../src/checks/cib/ci-identity-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {FARM, ciFarm} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';

checkCases({
  check,
  finds: {
    'a namespace that does not exist': () => [
      ciFarm().with('ciRequest', {...FARM, namespace: 'other'}),
      {severity: 'error', subjects: ['Namespace//other'], cause: 'namespace-absent'},
    ],
    'a service account that does not exist': () => [
      ciFarm().remove('ServiceAccount', 'builds/builder'),
      {subjects: ['ServiceAccount/builds/builder'], says: /no ServiceAccount `builder`/},
    ],
    'an account of the same name in another namespace does not help': () => [
      ciFarm().change('ServiceAccount', 'builds/builder', a => {
        a.metadata.namespace = 'shop';
      }),
      {subjects: ['ServiceAccount/builds/builder']},
    ],
    'a delegate that is not in this cluster': () => [
      ciFarm().with('ciRequest', {...FARM, delegate: {namespace: 'harness', name: 'gone'}}),
      {subjects: ['Workload/harness/gone'], cause: 'delegate-absent'},
    ],
  },
  passes: {
    'all of them are there': () => ciFarm(),
    'no delegate was named': () =>
      ciFarm().with('ciRequest', {namespace: 'builds', serviceAccount: 'builder'}),
  },
  unknown: {
    'nobody named the farm': () => [healthy(), 'ciRequest'],
    'service accounts may not be listed': () => [ciFarm().without('serviceAccounts'), 'serviceAccounts'],
    'some namespaces could not be read': () => [ciFarm().partly('namespaces'), 'namespaces'],
    'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads'],
  },
});
