import check from '../../../src/checks/pod/host-process-mixed.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const agent = (edit: (spec: Json) => void) =>
  healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', edit);
const subjects = ['DaemonSet/kube-system/kube-proxy-windows'];

checkCases({
  check,
  finds: {
    'a sidecar that is none': () => [
      agent(spec => {
        spec.securityContext = {};
        spec.containers[0].securityContext = {windowsOptions: {hostProcess: true}};
        spec.containers.push({name: 'sidecar', image: 'app'});
      }),
      {severity: 'error', subjects, cause: 'mixed', says: /"sidecar" is not/},
    ],
    'an init container that is none': () => [
      agent(spec => {
        spec.securityContext = {};
        spec.containers[0].securityContext = {windowsOptions: {hostProcess: true}};
        spec.initContainers = [{name: 'setup', image: 'app'}];
      }).snapshot('files'),
      {severity: 'error', subjects, cause: 'mixed'},
    ],
    'hostNetwork is missing': () => [
      agent(spec => {
        delete spec.hostNetwork;
      }),
      {severity: 'error', subjects, cause: 'host-network-missing', says: /hostNetwork/},
    ],
    'a pod that says no and a container that says yes': () => [
      agent(spec => {
        spec.securityContext.windowsOptions.hostProcess = false;
        spec.containers[0].securityContext = {windowsOptions: {hostProcess: true}};
      }),
      {severity: 'error', subjects, cause: 'contradiction', says: /must agree/},
    ],
    // The server has no word on it; the kubelet refuses ContainerAdministrator and lets SYSTEM pass.
    'runAsNonRoot for the pod': () => [
      agent(spec => {
        spec.securityContext.runAsNonRoot = true;
      }),
      {severity: 'error', subjects, cause: 'non-root', says: /runAsNonRoot/},
    ],
    'runAsNonRoot for the container only': () => [
      agent(spec => {
        spec.containers[0].securityContext = {runAsNonRoot: true};
      }),
      {severity: 'error', subjects, cause: 'non-root'},
    ],
  },
  passes: {
    'HostProcess pods in order, and pods without': () => healthy(),
    'a container takes runAsNonRoot of its pod back': () =>
      agent(spec => {
        spec.securityContext.runAsNonRoot = true;
        spec.containers[0].securityContext = {runAsNonRoot: false};
      }),
    'hostProcess: false everywhere': () =>
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.securityContext = {windowsOptions: {hostProcess: false}};
        spec.containers[0].securityContext = {windowsOptions: {hostProcess: false}};
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
