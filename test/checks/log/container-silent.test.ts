import check from '../../../src/checks/log/container-silent.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {podLog} from '../../helpers/pod-logs.ts';
import {ago} from '../../helpers/raw.ts';

const SERVICE_MONITOR = "\nService 'w3svc' has been stopped\n\nService 'w3svc' started\n";

function printing(text: string): TestCluster {
  return healthy().with('pod.logs', [podLog(text)]);
}

checkCases({
  check,
  finds: {
    'IIS that prints nothing at all': () => [
      printing(''),
      {severity: 'info', subjects: ['Pod/shop/web-0'], says: /has printed nothing in \d+ minutes/},
    ],
    'nothing but what ServiceMonitor says of itself': () => [
      printing(SERVICE_MONITOR),
      {subjects: ['Pod/shop/web-0'], says: /4 lines of ServiceMonitor/},
    ],
    'an image of another name whose log shows ServiceMonitor': () => [
      printing(SERVICE_MONITOR).changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = 'registry.example/shop/web:1';
      }),
      {subjects: ['Pod/shop/web-0']},
    ],
  },
  passes: {
    'a line of the program': () => printing(`${SERVICE_MONITOR}started\n`),
    'LogMonitor, which has nothing to print yet': () =>
      printing('[2026-09-01T11:00:00.000Z][LOGMONITOR] INFO: Entrypoint processs exit code: 0\r\n'),
    'a program that is no service': () =>
      printing('').changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = 'mcr.microsoft.com/dotnet/aspnet:9.0-nanoserver-ltsc2022';
      }),
    'a container that has only begun': () =>
      printing('').change('Pod', 'shop/web-0', pod => {
        pod.status.containerStatuses[0].state = {running: {startedAt: ago(60)}};
      }),
    'the container before its last restart': () => healthy().with('pod.logs', [podLog('', {previous: true})]),
  },
  unknown: {
    'logs may not be read': () => [
      healthy().with('pod.logs', [podLog('', {log: missing('denied', 'no right to read pods/log')})]),
      'pod.logs',
    ],
    'no logs were collected': () => [healthy(), 'pod.logs'],
  },
});
