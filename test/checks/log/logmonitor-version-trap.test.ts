import check from '../../../src/checks/log/logmonitor-version-trap.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {GOOD, configFile, files, withSources} from '../../helpers/logmonitor-configs.ts';

const FILE = {severity: 'warning' as const, subjects: ['File//LogMonitorConfig.json']};
const CHANNELS = [{name: 'system'}];

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
    'a path after /Config': () => [
      files([{name: 'pod.json', text: podWith('C:\\cfg\\logs.json')}]),
      {subjects: ['Pod/shop/web'], cause: 'path after /Config', says: /exit code 0/},
    ],
  },
  passes: {
    'what every version reads alike': () => configFile(GOOD),
    'a bare name after /Config': () => files([{name: 'pod.json', text: podWith('logs.json')}]),
  },
  unknown: {'a cluster, of which no such files are read': () => [healthy(), 'logMonitorConfigs']},
});
