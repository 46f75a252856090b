import check from '../../../src/checks/nod/tcp-ports-exhausted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {ago} from '../../helpers/raw.ts';

const used = (ports: number | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('net/ports.json', p => (p.used = ports)));
const event = (seconds: number) =>
  healthyWithAgents().onNode('win-1', n =>
    n.set('eventlog/System.xml', eventXml([{provider: 'Tcpip', id: 4231, time: ago(seconds), level: 3}])),
  );

checkCases({
  check,
  finds: {
    'Windows could take no port': () => [
      event(600),
      {subjects: ['Node//win-1'], severity: 'error', says: /Tcpip 4231 at .*, 420 of 16384 ports are in use/},
    ],
    'more than nine in ten are in use': () => [used(14_746), {subjects: ['Node//win-1']}],
  },
  passes: {
    'ports are free': () => healthyWithAgents(),
    'nine in ten are in use': () => used(14_745),
    'an event of two hours ago': () => event(7300),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.eventlog'],
    'ports were not counted': () => [used(null), 'node.net.ports'],
  },
});
