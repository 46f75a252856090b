import check from '../../../src/checks/pod/host-process-multiline-command.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const agent = (edit: (container: Json) => void) =>
  healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => edit(spec.containers[0]));
const subjects = ['DaemonSet/kube-system/kube-proxy-windows'];

checkCases({
  check,
  finds: {
    'a script in an argument': () => [
      agent(c => {
        c.command = ['powershell.exe', '-Command', '# start\nGet-Service\n'];
      }),
      {severity: 'warning', subjects, cause: 'line-break', says: /2 lines/},
    ],
    'a line of 8,192 characters, in a manifest': () => [
      agent(c => {
        c.command = ['cmd', 'x'.repeat(8188)];
      }).snapshot('files'),
      {severity: 'warning', subjects, cause: 'too-long', says: /8192/},
    ],
  },
  passes: {
    'a line of 8,191 characters': () =>
      agent(c => {
        c.command = ['cmd', 'x'.repeat(8187)];
      }),
    'a line break at the end alone, as block scalars leave it': () =>
      agent(c => {
        c.command = ['powershell.exe', '-Command', 'Get-Service\n'];
      }),
    'scripts in ordinary containers': () =>
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].command = ['powershell', '-Command', 'a\nb'];
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
