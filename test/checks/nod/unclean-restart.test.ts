import check from '../../../src/checks/nod/unclean-restart.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {GivenEvent} from '../../helpers/events-xml.ts';
import {ago} from '../../helpers/raw.ts';

const log = (...events: GivenEvent[]) =>
  healthyWithAgents().onNode('win-1', n => n.set('eventlog/System.xml', eventXml(events)));
const power = (seconds: number, code: string): GivenEvent => ({
  provider: 'Microsoft-Windows-Kernel-Power',
  id: 41,
  time: ago(seconds),
  level: 1,
  data: {BugcheckCode: code, BugcheckParameter1: '0x3'},
});

checkCases({
  check,
  finds: {
    'a start without a clean shutdown': () => [
      log(power(3600, '0')),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'no clean shutdown',
        says: /was restarted without a clean shutdown/,
      },
    ],
    'a bug check': () => [
      log(power(3600, '159')),
      {subjects: ['Node//win-1'], cause: 'bug check 0x9f', says: /crashed with bug check 0x9f/},
    ],
    'a bug check that WER reports': () => [
      log({
        provider: 'Microsoft-Windows-WER-SystemErrorReporting',
        id: 1001,
        time: ago(3000),
        data: ['0x0000009f (0x0000000000000003, 0xffff)', 'C:\\Windows\\MEMORY.DMP', '1'],
      }),
      {subjects: ['Node//win-1'], cause: 'bug check 0x9f'},
    ],
    'an unexpected shutdown': () => [
      log({provider: 'EventLog', id: 6008, time: ago(3000), data: ['11:00:00', '9/1/2026']}),
      {subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'a log without such events': () => healthyWithAgents(),
    'a crash of the day before yesterday': () => log(power(2 * 86_400, '159')),
    'the same id of another provider': () =>
      log({provider: 'Microsoft-Windows-Other', id: 41, time: ago(60)}),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.eventlog'],
    'the System log could not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without('eventlog/System.xml', 'timeout')),
      'node.eventlog',
    ],
  },
});
