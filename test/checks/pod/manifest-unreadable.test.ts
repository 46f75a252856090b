import check from '../../../src/checks/pod/manifest-unreadable.ts';
import {loadManifests} from '../../../src/manifests/load.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/web:1
`;
const files = (text: string): Snapshot =>
  loadManifests([{name: 'web.yaml', text}], {now: '2026-09-01T12:00:00Z', name: 'web.yaml'}).snapshot;

checkCases({
  check,
  finds: {
    'a document that does not parse': () => [
      files(POD.replace('  name: web', ' name: web')),
      {severity: 'error', subjects: ['Pod//web.yaml'], cause: 'syntax', says: /line 4/},
    ],
    'a key that stands twice': () => [
      files(POD.replace('  namespace: shop', '  name: shop')),
      {severity: 'error', subjects: ['Pod//shop'], cause: 'duplicate-key'},
    ],
    'a value of a wrong type': () => [
      files(`${POD}  terminationGracePeriodSeconds: soon\n`),
      {
        severity: 'error',
        subjects: ['Pod/shop/web'],
        cause: 'wrong-type',
        says: /terminationGracePeriodSeconds/,
      },
    ],
    'a value that was left out': () => [
      files(`${POD}  terminationGracePeriodSeconds:\n`),
      {severity: 'error', subjects: ['Pod/shop/web'], cause: 'null'},
    ],
    'an object without a name': () => [
      files(POD.replace('  name: web\n', '')),
      {severity: 'error', subjects: ['Pod/shop/web.yaml'], says: /neither `name`/},
    ],
    'a template that was not rendered': () => [
      files(POD.replace('web:1', 'web:{{ .Values.tag }}\n      command: {{- .x }}')),
      {severity: 'error', subjects: ['Pod//web.yaml'], cause: 'template'},
    ],
  },
  passes: {
    'a manifest that reads well': () => files(POD),
    'a name that the API server makes': () => files(POD.replace('  name: web\n', '  generateName: web-\n')),
    'an empty map': () => files(POD.replace('  namespace: shop', '  annotations:')),
  },
  unknown: {'no manifests were given': () => [healthy(), 'manifests']},
});
