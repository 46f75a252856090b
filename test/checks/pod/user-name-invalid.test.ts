import check from '../../../src/checks/pod/user-name-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

const named = (runAsUserName: string) =>
  web(spec => {
    spec.containers[0].securityContext = {windowsOptions: {runAsUserName}};
  });

checkCases({
  check,
  finds: {
    'an empty name': () => [named(''), {severity: 'error', subjects, says: /it is empty/}],
    'two backslashes': () => [
      named('a\\b\\c'),
      {severity: 'error', subjects, says: /more than one backslash/},
    ],
    'a user principal name': () => [
      named('web@contoso.com'),
      {severity: 'error', subjects, says: /holds one of/},
    ],
    'a user of 105 characters': () => [named('a'.repeat(105)), {severity: 'error', subjects, says: /104/}],
    'a user of 53 letters of two bytes': () => [
      named('é'.repeat(53)),
      {severity: 'error', subjects, says: /104/},
    ],
    'a domain with a space that is no NetBIOS name': () => [
      named('a long domain name here\\web'),
      {severity: 'error', subjects, says: /neither/},
    ],
    'dots only': () => [named('. .'), {severity: 'error', subjects, says: /dots and spaces/}],
    'a line break': () => [named('web\n'), {severity: 'error', subjects, says: /control/}],
    'the name of the pod, in a manifest': () => [
      web(spec => {
        spec.securityContext = {windowsOptions: {runAsUserName: 'CONTOSO\\'}};
      }).snapshot('files'),
      {severity: 'error', subjects, says: /no user/},
    ],
  },
  passes: {
    'no name at all': () => healthy(),
    'a name of 104 characters': () => named('a'.repeat(104)),
    'a NetBIOS domain with a space': () => named('NT AUTHORITY\\SYSTEM'),
    'a DNS domain': () => named('corp.contoso.example\\svc-web$'),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
