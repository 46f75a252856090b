import check from '../../../src/checks/idn/gmsa-events.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {ago} from '../../helpers/raw.ts';

const FILE = 'eventlog/Microsoft-Windows-Containers-CCG-Admin.xml';
const event = (id: number, seconds = 600) =>
  healthyWithAgents().onNode('win-1', n =>
    n.set(
      FILE,
      eventXml([
        {
          provider: 'Microsoft-Windows-Containers-CCG',
          id,
          time: ago(seconds),
          channel: 'Microsoft-Windows-Containers-CCG/Admin',
          level: 2,
        },
      ]),
    ),
  );

checkCases({
  check,
  finds: {
    'the plug-in cannot get credentials': () => [
      event(6),
      {subjects: ['Node//win-1'], severity: 'error', cause: 'event 6', says: /Container Credential Guard 6/},
    ],
    'the domain does not give them': () => [event(8), {subjects: ['Node//win-1'], cause: 'event 8'}],
  },
  passes: {
    'no such event': () => healthyWithAgents(),
    'credentials were fetched': () => event(2),
    'an error of two hours ago': () => event(8, 7300),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.eventlog'],
    'the channel could not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without(FILE)),
      'node.eventlog',
    ],
  },
});
