import check from '../../../src/checks/pod/linux-probe-or-lifecycle-path.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

const probe = (...command: string[]) =>
  web(spec => {
    spec.containers[0].livenessProbe = {exec: {command}};
  });

checkCases({
  check,
  finds: {
    'a file under /tmp': () => [
      probe('cat', '/tmp/healthy'),
      {severity: 'info', subjects, cause: 'liveness probe', says: /\/tmp\/healthy/},
    ],
    'a path inside a line': () => [
      probe('powershell', '-Command', 'Get-Content "/etc/app/ready"').snapshot('files'),
      {severity: 'info', subjects, says: /\/etc\/app\/ready/},
    ],
    'a postStart hook': () => [
      web(spec => {
        spec.containers[0].lifecycle = {postStart: {exec: {command: ['cmd', '/C', 'echo x >/var/run/x']}}};
      }),
      {severity: 'info', subjects, cause: 'postStart hook'},
    ],
  },
  passes: {
    'switches of cmd, and a Windows path': () => probe('cmd', '/C', 'type C:\\app\\ready'),
    'a path of a URL': () => probe('curl.exe', '-f', 'http://localhost/var/healthz'),
    'http probes': () => healthy(),
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
