import check from '../../../src/checks/pod/linux-command.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a path under /bin': () => [
      web(spec => {
        spec.containers[0].command = ['/bin/sh', '-c', 'sleep 1'];
      }),
      {severity: 'warning', subjects, cause: 'command', says: /`\/bin\/sh`/},
    ],
    'bash as arguments of the entrypoint, in a manifest': () => [
      web(spec => {
        spec.containers[0].args = ['bash', '-c', 'sleep 1'];
      }).snapshot('files'),
      {severity: 'warning', subjects, cause: 'args'},
    ],
    'an exec probe': () => [
      web(spec => {
        spec.containers[0].livenessProbe = {exec: {command: ['sh', '-c', 'exit 0']}};
      }),
      {severity: 'warning', subjects, cause: 'liveness probe'},
    ],
    'a preStop hook of an init container': () => [
      web(spec => {
        const preStop = {exec: {command: ['/usr/bin/env']}};
        spec.initContainers = [{name: 'setup', image: 'app', lifecycle: {preStop}}];
      }),
      {severity: 'warning', subjects, cause: 'preStop hook', says: /init container "setup"/},
    ],
  },
  passes: {
    'cmd with its switches': () =>
      web(spec => {
        spec.containers[0].command = ['cmd', '/S', '/C', 'app.exe'];
      }),
    'the bash that Git for Windows brings': () =>
      web(spec => {
        spec.containers[0].command = ['C:\\Program Files\\Git\\bin\\bash.exe', '-c', 'ls'];
      }),
    'a Linux word among the arguments of a Windows program': () =>
      web(spec => {
        spec.containers[0].command = ['powershell', '-File', 'run.ps1'];
        spec.containers[0].args = ['sh'];
      }),
    'shells are right on Linux': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.containers[0].command = ['/bin/sh'];
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
