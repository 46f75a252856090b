import check from '../../../src/checks/log/logmonitor-crashed.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {FILE_LINE, ownLine, podLog} from '../../helpers/pod-logs.ts';

const CRASH = ownLine('ERROR', 'Catastrophic failure! Signal received: 22');

checkCases({
  check,
  finds: {
    'an exception that nothing caught': () => [
      healthy().with('pod.logs', [podLog(FILE_LINE + CRASH)]),
      {severity: 'error', subjects: ['Pod/shop/web-0'], cause: 'signal 22', says: /SIGABRT/},
    ],
    'a death before the last restart': () => [
      healthy().with('pod.logs', [podLog(FILE_LINE), podLog(CRASH, {previous: true})]),
      {subjects: ['Pod/shop/web-0'], says: /before its last restart/},
    ],
    'a death at the end of a log that was read in part': () => [
      healthy().with('pod.logs', [podLog(CRASH, {cut: true})]),
      {subjects: ['Pod/shop/web-0']},
    ],
    'pods of which only a part is known': () => [
      healthy()
        .partly('pods')
        .with('pod.logs', [podLog(CRASH)]),
      {subjects: ['Pod/shop/web-0']},
    ],
  },
  passes: {
    'a log of LogMonitor': () => healthy().with('pod.logs', [podLog(FILE_LINE)]),
    'a program that prints the same words': () =>
      healthy().with('pod.logs', [podLog('Catastrophic failure! Signal received: 22\n')]),
  },
  unknown: {
    'whose log it is cannot be read': () => [
      healthy()
        .without('workloads')
        .with('pod.logs', [podLog(CRASH)]),
      'workloads',
    ],
    'one log did not come': () => [
      healthy().with('pod.logs', [podLog('', {log: missing('timeout', 'it did not come')})]),
      'pod.logs',
    ],
  },
});
