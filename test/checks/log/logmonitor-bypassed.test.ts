import check from '../../../src/checks/log/logmonitor-bypassed.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {dockerImage, ociImage} from '../../helpers/image-configs.ts';
import {withImageStart} from '../../helpers/logmonitor-configs.ts';
import type {Json} from '../../helpers/raw.ts';

function container(edit: (container: Json) => void, mountPath = 'C:\\LogMonitor'): TestCluster {
  return healthy().changeSpec('Deployment', 'shop/web', spec => {
    spec.volumes = [{name: 'logs', configMap: {name: 'logmonitor'}}];
    spec.containers[0].volumeMounts = [{name: 'logs', mountPath}];
    edit(spec.containers[0]);
  });
}

const WEB = {subjects: ['Deployment/shop/web'], cause: 'command without LogMonitor'};

checkCases({
  check,
  finds: {
    'an image whose SHELL is passed by': () => [
      dockerImage({Shell: ['C:\\LogMonitor\\LogMonitor.exe', 'cmd'], Entrypoint: ['C:\\app.exe']}),
      {
        subjects: ['Image//shop:1'],
        cause: 'exec form passes SHELL by',
        says: /starts C:\\app\.exe in exec form/,
      },
    ],
    'an image with a LogMonitor that nothing starts': () => [
      ociImage({Entrypoint: ['C:\\app.exe']}, ['COPY LogMonitor.exe C:\\LogMonitor\\ # buildkit']),
      {subjects: ['Image//image.json'], cause: 'LogMonitor is not started'},
    ],
    'a command beside a mounted configuration': () => [
      container(c => {
        c.command = ['C:\\app\\app.exe'];
      }),
      {severity: 'warning', ...WEB, says: /its command is C:\\app\\app\.exe/},
    ],
    'a mount of one file, with slashes': () => [
      container(c => {
        c.command = ['app.exe'];
      }, '/LogMonitor/LogMonitorConfig.json'),
      WEB,
    ],
    'an image that is named after it': () => [
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = 'example.test/iis-logmonitor:ltsc2022';
        spec.containers[0].command = ['C:\\ServiceMonitor.exe', 'w3svc'];
      }),
      WEB,
    ],
    'a template whose pods run still without the command': () => [
      container(() => undefined).change('Deployment', 'shop/web', d => {
        d.spec.template.spec.containers[0].command = ['app.exe'];
      }),
      WEB,
    ],
    'an image whose entrypoint it is': () => [
      withImageStart({Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe'], Cmd: []}).changeSpec(
        'Deployment',
        'shop/web',
        spec => {
          spec.containers[0].command = ['app.exe'];
        },
      ),
      {...WEB, says: /as the entrypoint of its image/},
    ],
    'a cluster whose nodes cannot be read': () => [
      container(c => {
        c.command = ['app.exe'];
      }).without('nodes'),
      WEB,
    ],
  },
  passes: {
    'an image that starts it': () =>
      dockerImage({Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', 'C:\\app.exe']}),
    'a healthy cluster': () => healthy(),
    'arguments alone leave the entrypoint': () =>
      container(c => {
        c.args = ['C:\\app\\app.exe'];
      }),
    'a command that begins with it': () =>
      container(c => {
        c.command = ['C:\\LogMonitor\\LogMonitor.exe', 'C:\\app\\app.exe'];
      }),
    'a shell that starts it': () =>
      container(c => {
        c.command = ['cmd', '/c'];
        c.args = ['C:\\logmonitor\\logmonitor.exe app.exe'];
      }),
    'an image that starts something else': () =>
      withImageStart({Entrypoint: ['app.exe'], Cmd: ['[redacted]']}).changeSpec(
        'Deployment',
        'shop/web',
        spec => {
          spec.containers[0].command = ['other.exe'];
        },
      ),
    'a folder with a like name': () =>
      container(c => {
        c.command = ['app.exe'];
      }, 'C:\\LogMonitorData'),
    'a Linux container': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.containers[0].image = 'example.test/logmonitor:1';
        spec.containers[0].command = ['/coredns'];
      }),
  },
  unknown: {
    'a script, which may start it': () => [
      container(c => {
        c.command = ['powershell', '-File', 'C:\\start.ps1'];
      }),
      'pod.logs',
    ],
    'workloads may not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
