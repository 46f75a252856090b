import check from '../../../src/checks/pod/non-root-administrator.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'ContainerAdministrator in any case of letters': () => [
      web(spec => {
        spec.securityContext = {
          runAsNonRoot: true,
          windowsOptions: {runAsUserName: 'containeradministrator'},
        };
      }),
      {severity: 'error', subjects, cause: 'administrator', says: /refuses to start/},
    ],
    'SYSTEM, which the kubelet lets pass': () => [
      web(spec => {
        spec.securityContext = {runAsNonRoot: true};
        spec.containers[0].securityContext = {windowsOptions: {runAsUserName: 'NT AUTHORITY\\SYSTEM'}};
      }),
      {severity: 'error', subjects, cause: 'system', says: /does not notice/},
    ],
    'ContainerAdministrator with its domain, which the kubelet lets pass, too': () => [
      web(spec => {
        const runAsUserName = 'User Manager\\ContainerAdministrator';
        spec.securityContext = {runAsNonRoot: true, windowsOptions: {runAsUserName}};
      }),
      {severity: 'error', subjects, cause: 'qualified-administrator', says: /does not notice/},
    ],
    'a Server Core image without a user': () => [
      web(spec => {
        spec.securityContext = {runAsNonRoot: true};
      }).snapshot('files'),
      {severity: 'error', subjects, cause: 'image-default', says: /ContainerAdministrator by default/},
    ],
    'a container that overrides its pod': () => [
      web(spec => {
        spec.securityContext = {runAsNonRoot: false};
        spec.containers[0].securityContext = {
          runAsNonRoot: true,
          windowsOptions: {runAsUserName: 'ContainerAdministrator'},
        };
      }),
      {severity: 'error', subjects, cause: 'administrator'},
    ],
  },
  passes: {
    'no such promise': () => healthy(),
    ContainerUser: () =>
      web(spec => {
        spec.securityContext = {runAsNonRoot: true, windowsOptions: {runAsUserName: 'ContainerUser'}};
      }),
    'a container takes the promise of its pod back': () =>
      web(spec => {
        spec.securityContext = {
          runAsNonRoot: true,
          windowsOptions: {runAsUserName: 'ContainerAdministrator'},
        };
        spec.containers[0].securityContext = {runAsNonRoot: false};
      }),
    'Nano Server runs as ContainerUser by default': () =>
      web(spec => {
        spec.securityContext = {runAsNonRoot: true};
        spec.containers[0].image = 'mcr.microsoft.com/windows/nanoserver:ltsc2022';
      }),
    'HostProcess pods are for POD007': () =>
      healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
        spec.securityContext.runAsNonRoot = true;
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
