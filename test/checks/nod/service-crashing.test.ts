import check from '../../../src/checks/nod/service-crashing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {GivenEvent} from '../../helpers/events-xml.ts';
import {ago} from '../../helpers/raw.ts';

const log = (...events: GivenEvent[]) =>
  healthyWithAgents().onNode('win-1', n => n.set('eventlog/System.xml', eventXml(events)));
const scm = (id: number, name: string, seconds = 3600): GivenEvent => ({
  provider: 'Service Control Manager',
  id,
  time: ago(seconds),
  level: 2,
  data: {param1: name, param2: '1'},
});

checkCases({
  check,
  finds: {
    'HNS crashed, as Windows names it': () => [
      log(scm(7034, 'Host Network Service')),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'hns',
        says: /hns of win-1 ended unexpectedly 1 time/,
      },
    ],
    'containerd crashes again and again': () => [
      log(scm(7031, 'containerd', 9000), scm(7031, 'containerd', 3600), scm(7031, 'containerd', 60)),
      {subjects: ['Node//win-1'], cause: 'containerd', says: /3 times/},
    ],
    'a program that WER tells of': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.set(
          'eventlog/Application.xml',
          eventXml([
            {
              provider: 'Application Error',
              id: 1000,
              time: ago(60),
              channel: 'Application',
              data: ['kubelet.exe', '0.0.0.0'],
            },
          ]),
        ),
      ),
      {subjects: ['Node//win-1'], cause: 'kubelet'},
    ],
  },
  passes: {
    'services that only started': () => healthyWithAgents(),
    'a service that no node needs': () => log(scm(7034, 'Print Spooler')),
    'a crash of the day before yesterday': () => log(scm(7034, 'Host Network Service', 2 * 86_400)),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.eventlog'],
    'the System log was cut': () => [
      healthyWithAgents().onNode('win-1', n => n.partly('eventlog/System.xml')),
      'node.eventlog',
    ],
  },
});
