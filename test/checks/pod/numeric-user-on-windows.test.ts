import check from '../../../src/checks/pod/numeric-user-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a user id for the pod': () => [
      web(spec => {
        spec.securityContext = {runAsUser: 1000};
      }),
      {severity: 'warning', subjects, says: /runAsUser: 1000/},
    ],
    'a group id for a container, zero included': () => [
      web(spec => {
        spec.containers[0].securityContext = {runAsGroup: 0};
      }),
      {severity: 'warning', subjects, says: /runAsGroup: 0/},
    ],
    'one container names its user, another does not': () => [
      web(spec => {
        spec.securityContext = {runAsUser: 1000};
        spec.containers[0].securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}};
        spec.containers.push({name: 'helper', image: 'app'});
      }),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'a user name stands beside the number': () =>
      web(spec => {
        spec.securityContext = {runAsUser: 1000, windowsOptions: {runAsUserName: 'ContainerUser'}};
      }),
    'every container names its user': () =>
      web(spec => {
        spec.securityContext = {runAsUser: 1000};
        spec.containers[0].securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}};
      }),
    'numbers are right on Linux': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.securityContext = {runAsUser: 1000};
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

checkCases({
  check,
  profile: 'ci-build',
  finds: {
    'the build system sets a number by default: information in ci-build': () => [
      web(spec => {
        spec.securityContext = {runAsUser: 1000};
      }),
      {severity: 'info', subjects},
    ],
  },
  passes: {'no number in ci-build': () => healthy()},
  unknown: {'no workloads in ci-build': () => [healthy().without('workloads'), 'workloads']},
});
