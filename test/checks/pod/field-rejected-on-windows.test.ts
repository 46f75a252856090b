import check from '../../../src/checks/pod/field-rejected-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a numeric user for the pod': () => [
      web(spec => {
        spec.securityContext = {runAsUser: 1000};
      }),
      {severity: 'error', subjects, cause: 'securityContext.runAsUser', says: /`securityContext.runAsUser`/},
    ],
    'privileged set to false, which is refused, too': () => [
      web(spec => {
        spec.containers[0].securityContext = {privileged: false};
      }),
      {severity: 'error', subjects, cause: 'containers[].securityContext.privileged'},
    ],
    'a field of an init container, in a manifest': () => [
      web(spec => {
        spec.initContainers = [{name: 'setup', image: 'app', securityContext: {capabilities: {}}}];
      }).snapshot('files'),
      {severity: 'error', subjects, cause: 'containers[].securityContext.capabilities'},
    ],
    'resources for the pod on a server that knows them': () => [
      web(spec => {
        spec.resources = {};
      }).version('v1.34.0'),
      {severity: 'error', subjects, cause: 'resources'},
    ],
  },
  passes: {
    'Windows options and runAsNonRoot': () =>
      web(spec => {
        spec.securityContext = {runAsNonRoot: true, windowsOptions: {runAsUserName: 'ContainerUser'}};
      }),
    'a server too old to know the field drops it unseen': () =>
      web(spec => {
        spec.resources = {};
      }).version('v1.29.3'),
    'hostPID set to false': () =>
      web(spec => {
        spec.hostPID = false;
      }),
    'the same fields in a Linux pod': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.securityContext = {runAsUser: 1000};
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
