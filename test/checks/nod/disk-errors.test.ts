import check from '../../../src/checks/nod/disk-errors.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {GivenEvent} from '../../helpers/events-xml.ts';
import {ago} from '../../helpers/raw.ts';

const log = (...events: GivenEvent[]) =>
  healthyWithAgents().onNode('win-1', n => n.set('eventlog/System.xml', eventXml(events)));
const disk = (id: number, seconds = 600): GivenEvent => ({
  provider: 'disk',
  id,
  time: ago(seconds),
  level: 2,
});
const resets = (n: number): GivenEvent[] =>
  Array.from({length: n}, (_, i) => ({...disk(129, i * 60), provider: 'storvsc'}));

checkCases({
  check,
  finds: {
    'a bad block': () => [
      log(disk(7)),
      {subjects: ['Node//win-1'], severity: 'warning', cause: 'bad blocks'},
    ],
    'a damaged file system': () => [
      log({...disk(55), provider: 'Microsoft-Windows-Ntfs'}),
      {subjects: ['Node//win-1'], cause: 'file system'},
    ],
    'eleven resets within an hour': () => [
      log(...resets(11)),
      {subjects: ['Node//win-1'], severity: 'warning', cause: 'resets', says: /11 events/},
    ],
    'a disk that was removed, for information': () => [
      log(disk(157)),
      {subjects: ['Node//win-1'], severity: 'info', cause: 'removed'},
    ],
  },
  passes: {
    'a log without such events': () => healthyWithAgents(),
    'ten resets within an hour': () => log(...resets(10)),
    'a bad block of the day before yesterday': () => log(disk(7, 2 * 86_400)),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.eventlog']},
});
