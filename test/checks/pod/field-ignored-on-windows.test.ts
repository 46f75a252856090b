import check from '../../../src/checks/pod/field-ignored-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

/** The same workload, pinned by its selector only. */
const undeclared = (edit: (spec: Json) => void) =>
  web(spec => {
    delete spec.os;
    edit(spec);
  });

checkCases({
  check,
  finds: {
    'a read-only root file system': () => [
      undeclared(spec => {
        spec.containers[0].securityContext = {readOnlyRootFilesystem: true};
      }),
      {
        severity: 'warning',
        subjects,
        cause: 'containers[].securityContext.readOnlyRootFilesystem',
        says: /no effect/,
      },
    ],
    'a seccomp profile in a manifest': () => [
      undeclared(spec => {
        spec.securityContext = {seccompProfile: {type: 'RuntimeDefault'}};
      }).snapshot('files'),
      {severity: 'warning', subjects, cause: 'securityContext.seccompProfile'},
    ],
    'fsGroup in a pod that runs on Windows, whatever it says of itself': () => [
      undeclared(spec => {
        delete spec.nodeSelector;
        spec.containers[0].image = 'registry.example/app:1';
        spec.securityContext = {fsGroup: 1};
      }),
      {severity: 'warning', subjects, cause: 'securityContext.fsGroup'},
    ],
  },
  passes: {
    'with spec.os the API server speaks (POD001)': () =>
      web(spec => {
        spec.securityContext = {fsGroup: 1};
      }),
    'no such field': () => undeclared(() => undefined),
    'a Linux pod has them in their place': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.securityContext = {fsGroup: 1};
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
    'without nodes nothing tells where an unpinned pod goes': () => [
      web(spec => {
        delete spec.os;
        delete spec.nodeSelector;
        spec.containers[0].image = 'registry.example/app:1';
      }).without('nodes'),
      'nodes',
    ],
  },
});
