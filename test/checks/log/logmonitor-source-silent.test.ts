import check from '../../../src/checks/log/logmonitor-source-silent.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {FILE_LINE, ownLine, podLog} from '../../helpers/pod-logs.ts';
import {ago} from '../../helpers/raw.ts';

const WEB = {subjects: ['Pod/shop/web-0']};
const WAITS_FOR_FOLDER = ownLine(
  'INFO',
  String.raw`Log directory c:\logs does not exist. LogMonitor will wait for 300 seconds.`,
);
const WAITS_FOR_CHANNEL = ownLine('INFO', 'Waiting for Shop/Admin event channel to be enabled');
const EVENT =
  '2026-09-01T11:00:01.123Z {"Source": "EventLog","LogEntry": {"EventSource": "Shop","Time": "2026-09-01T11:00:01.000Z","Channel": "Application","Level": "Error","EventId": 1,"Message": "x"}}\r\n';

/** Prints so much, and an agent saw these sources in the configuration. */
function configured(text: string, sources: object[], cut = false): TestCluster {
  return healthyWithAgents()
    .onNode('win-1', node => {
      node.set('logmonitor/shop_web-0_web.json', {
        namespace: 'shop',
        pod: 'web-0',
        container: 'web',
        config: {path: 'C:\\LogMonitor\\LogMonitorConfig.json', text: JSON.stringify({LogConfig: {sources}})},
        version: '2.1.1.0',
      });
    })
    .with('pod.logs', [podLog(text, {cut})]);
}

const FILES = {type: 'File', directory: 'C:\\logs'};

checkCases({
  check,
  finds: {
    'a directory that never came': () => [
      healthy().with('pod.logs', [podLog(WAITS_FOR_FOLDER + EVENT)]),
      {...WEB, severity: 'warning', cause: 'waits for a directory', says: /the directory c:\\logs,/},
    ],
    'a channel that is not enabled': () => [
      healthy().with('pod.logs', [podLog(WAITS_FOR_CHANNEL + FILE_LINE)]),
      {...WEB, cause: 'waits for a channel'},
    ],
    'a source of files of which nothing came': () => [
      configured(EVENT, [FILES, {type: 'EventLog', channels: [{name: 'system', level: 'Error'}]}]),
      {...WEB, cause: 'File is silent', says: /source of type File/},
    ],
    'events at Information of which nothing came': () => [
      configured(FILE_LINE, [FILES, {type: 'EventLog', channels: [{name: 'system', level: 'Information'}]}]),
      {...WEB, cause: 'EventLog is silent'},
    ],
  },
  passes: {
    'a directory that came later': () => configured(WAITS_FOR_FOLDER + FILE_LINE, [FILES]),
    'events at Error, of which there need not be any': () =>
      configured(FILE_LINE, [FILES, {type: 'EventLog', channels: [{name: 'system', level: 'Error'}]}]),
    'nothing prints yet': () => configured(ownLine('INFO', 'started'), [FILES]),
    'a container that has only begun': () =>
      configured(EVENT, [FILES]).change('Pod', 'shop/web-0', pod => {
        pod.status.containerStatuses[0].state = {running: {startedAt: ago(600)}};
      }),
    'a log that LogMonitor does not print': () => healthy().with('pod.logs', [podLog('hello\n')]),
  },
  unknown: {
    'no agent saw the configuration': () => [
      healthy().with('pod.logs', [podLog(FILE_LINE)]),
      'node.logmonitor',
    ],
    'only parts of the log were read': () => [configured(EVENT, [FILES], true), 'pod.logs'],
  },
});
