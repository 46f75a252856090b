import check from '../../../src/checks/log/logmonitor-error.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {FILE_LINE, ownLine, podLog} from '../../helpers/pod-logs.ts';

const WEB = {subjects: ['Pod/shop/web-0']};

function saying(...texts: string[]): TestCluster {
  return healthy().with('pod.logs', [podLog(texts.map(text => ownLine('ERROR', text)).join(''))]);
}

checkCases({
  check,
  finds: {
    'a channel that cannot be enabled, explained': () => [
      saying('Failed to enable event channel system: 0x6BA', 'Failed to enable event channel system: 0x6BA'),
      {
        ...WEB,
        severity: 'warning',
        cause: 'event log service not up',
        says: /2 times\).*had not started yet/,
      },
    ],
    'a configuration that is not there': () => [
      saying(
        String.raw`Configuration file 'C:\LogMonitor\LogMonitorConfig.json' not found. Logs will not be monitored.`,
      ),
      {...WEB, cause: 'no config'},
    ],
    'a name that 2.2 refuses': () => [
      saying('Invalid configuration file name.'),
      {...WEB, cause: 'config name refused', says: /exit code 0/},
    ],
    'an error that nobody has explained yet': () => [
      saying('The moon is full. Error: 4711.'),
      {...WEB, cause: 'error', says: /"The moon is full\. Error: 4711\."$/},
    ],
    'one that does no harm, as a note': () => [
      saying(
        String.raw`Error in log file monitor. Failed to query file information. File: \\?\c:\a.txt. Error: 87`,
      ),
      {...WEB, severity: 'info', cause: 'file ids unsupported'},
    ],
  },
  passes: {
    'warnings and what it waits for': () =>
      healthy().with('pod.logs', [
        podLog(ownLine('WARNING', 'LogFormat not found in LogConfig.') + FILE_LINE),
      ]),
    'its death, which another check tells of': () => saying('Catastrophic failure! Signal received: 11'),
  },
  unknown: {
    'logs may not be read': () => [
      healthy().with('pod.logs', [podLog('', {log: missing('denied', 'no right to read pods/log')})]),
      'pod.logs',
    ],
  },
});
