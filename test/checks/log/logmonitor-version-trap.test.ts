import check from '../../../src/checks/log/logmonitor-version-trap.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {dockerImage} from '../../helpers/image-configs.ts';
import {
  GOOD,
  configFile,
  configMap,
  files,
  inContainer,
  withImageStart,
  withSources,
} from '../../helpers/logmonitor-configs.ts';
import {podLog} from '../../helpers/pod-logs.ts';

const FILE = {severity: 'warning' as const, subjects: ['File//LogMonitorConfig.json']};
const CHANNELS = [{name: 'system'}];
const LOWER_CASE = JSON.stringify(withSources({type: 'eventlog', channels: CHANNELS}));

function podWith(path: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'web', namespace: 'shop'},
    spec: {
      containers: [
        {
          name: 'web',
          image: 'a/b:1',
          command: ['C:\\LogMonitor\\LogMonitor.exe', '/Config', path, 'app.exe'],
        },
      ],
    },
  });
}

checkCases({
  check,
  finds: {
    'a path after /Config in an image': () => [
      dockerImage({
        Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', '/CONFIG', 'C:\\LogMonitor\\LogMonitorConfig.json'],
        Cmd: ['C:\\app.exe'],
      }),
      {subjects: ['Image//shop:1'], cause: 'path after /Config', says: /2\.2 refuses/},
    ],
    'the same in shell form': () => [
      dockerImage({Entrypoint: ['"C:\\LogMonitor\\LogMonitor.exe" /Config "C:\\l m\\c.json" C:\\app.exe']}),
      {subjects: ['Image//shop:1'], says: /\/Config C:\\l m\\c\.json/},
    ],
    'a type in lower case': () => [
      configFile(withSources({type: 'eventlog', channels: CHANNELS})),
      {...FILE, cause: 'spelling that 2.2 ignores'},
    ],
    'a wait that is a text': () => [
      configFile(withSources({type: 'File', directory: 'c:\\a', waitInSeconds: 'INFINITY'})),
      {...FILE, cause: 'waitInSeconds as text'},
    ],
    'an option of 1.2': () => [
      configFile(withSources({type: 'File', directory: 'c:\\a', includeFileNames: true})),
      {...FILE, cause: 'includeFileNames'},
    ],
    'a key with a blank': () => [
      configFile(withSources({type: 'ETW', providers: [{providerName: 'a', 'ProviderGuid ': 'b'}]})),
      {...FILE, cause: 'key with a blank'},
    ],
    'a layout with a lone percent sign': () => [
      configFile(withSources({type: 'Process', customLogFormat: '100% %Message%'})),
      {...FILE, cause: 'lone percent sign'},
    ],
    'a layout of JSON': () => [
      configFile(withSources({type: 'Process', customLogFormat: "{'m':'%Message%'}|JSON"})),
      {...FILE, cause: 'JSON layout in 2.2'},
    ],
    'two event logs that differ': () => [
      configFile(
        withSources(
          {type: 'EventLog', startAtOldestRecord: true, channels: CHANNELS},
          {type: 'EventLog', startAtOldestRecord: false, channels: CHANNELS},
        ),
      ),
      {...FILE, cause: 'sources that are merged'},
    ],
    'keywords of a provider in another case': () => [
      configFile(withSources({type: 'ETW', providers: [{providerName: 'a', Keywords: '1'}]})),
      {...FILE, cause: 'spelling that 2.2 ignores', says: /"Keywords"/},
    ],
    'a boolean in another case': () => [
      configFile(withSources({type: 'EventLog', EventFormatMultiline: true, channels: CHANNELS})),
      {...FILE, cause: 'spelling that 2.2 ignores'},
    ],
    'a token that another type of source has': () => [
      configFile(
        withSources({type: 'EventLog', channels: CHANNELS, customLogFormat: '%FileName% %Message%'}),
      ),
      {...FILE, cause: 'unknown token', says: /%FileName% in a layout of EventLog/},
    ],
    'a byte order mark in a ConfigMap': () => [
      configMap(`\ufeff${JSON.stringify(GOOD)}`),
      {severity: 'warning', subjects: ['ConfigMap/shop/logs'], cause: 'byte order mark'},
    ],
    'a format that the LogMonitor of a running container does not know': () => [
      inContainer(JSON.stringify({LogConfig: {...GOOD.LogConfig, logFormat: 'XML'}}), '2.0.2.0'),
      {subjects: ['Pod/shop/web-0'], cause: 'logFormat before 2.1'},
    ],
    'a source of type Process before 2.1': () => [
      inContainer(JSON.stringify(withSources({type: 'Process'})), '1.2.1.0'),
      {subjects: ['Pod/shop/web-0'], cause: 'Process source before 2.1'},
    ],
    'the one version that takes text for a format': () => [
      inContainer(JSON.stringify(GOOD), '2.1.0.0'),
      {subjects: ['Pod/shop/web-0'], cause: 'text taken for a printf format'},
    ],
    'a path after /Config': () => [
      files([{name: 'pod.json', text: podWith('C:\\cfg\\logs.json')}]),
      {subjects: ['Pod/shop/web'], cause: 'path after /Config', says: /exit code 0/},
    ],
    "a path after /Config in an image's entrypoint": () => [
      withImageStart({
        Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', '/CONFIG', 'C:\\cfg\\logs.json'],
        Cmd: ['[redacted]'],
      }),
      {subjects: ['Deployment/shop/web'], cause: 'path after /Config', says: /C:\\cfg\\logs\.json/},
    ],
    "a path after /Config in an image's arguments, which the pod leaves": () => [
      withImageStart({
        Entrypoint: [],
        Cmd: ['C:\\LogMonitor\\LogMonitor.exe', '/Config', '..\\logs.json', '[redacted]'],
      }),
      {subjects: ['Deployment/shop/web'], cause: 'path after /Config'},
    ],
    'a running container whose LogMonitor may be 2.2': () => [
      inContainer(LOWER_CASE, '2.1.1.0'),
      {subjects: ['Pod/shop/web-0'], cause: 'spelling that 2.2 ignores'},
    ],
  },
  passes: {
    'an image that gives a name after /Config': () =>
      dockerImage({Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', '/Config', 'c.json', 'C:\\app.exe']}),
    'a byte order mark where LogMonitor is new enough': () =>
      inContainer(`\ufeff${JSON.stringify(GOOD)}`, '2.0.2.0'),
    'a layout of files in another case': () =>
      configFile(withSources({type: 'File', directory: 'c:\\a', CustomLogFormat: '%Message%'})),
    'a running container whose LogMonitor is older': () => inContainer(LOWER_CASE, '2.0.2.0'),
    'a running container whose log shows an older one': () =>
      inContainer(LOWER_CASE, '').with('pod.logs', [
        podLog(
          '<Source>EventLog</Source><Time>2026-09-01T11:00:01.000Z</Time><LogEntry><Channel>System</Channel><Level>Error</Level><EventId>1</EventId><Message>x</Message></LogEntry>\r\n',
        ),
      ]),
    "an image's arguments in whose place the pod gives others": () =>
      withImageStart({
        Entrypoint: [],
        Cmd: ['C:\\LogMonitor\\LogMonitor.exe', '/Config', '..\\logs.json'],
      }).changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].args = ['app.exe'];
      }),
    'what every version reads alike': () => configFile(GOOD),
    'a bare name after /Config': () => files([{name: 'pod.json', text: podWith('logs.json')}]),
  },
  unknown: {'a cluster without agents': () => [healthy(), 'node.logmonitor']},
});
