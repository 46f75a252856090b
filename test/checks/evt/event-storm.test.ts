import check from '../../../src/checks/evt/event-storm.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {report} from '../../helpers/sick-pods.ts';

const HOURS = 3600;
const TEXT = 'Back-off restarting failed container web in pod web-0_shop(1a2b)';

interface Given {
  count: number;
  pod?: string;
  first?: number;
  last?: number;
  type?: string;
}

function storm(
  {count, pod = 'shop/web-0', first = HOURS, last = 5, type = 'Warning'}: Given,
  cluster = healthy(),
): TestCluster {
  const text = TEXT.replaceAll('web-0', pod.slice(5));
  return report(cluster, 'Pod', pod, 'BackOff', text, {count, first: ago(first), last: ago(last), type});
}

/** The System log of `win-1` has an error so many times, one every ten seconds. */
const logged = (times: number, before = 0, level = 2): TestCluster =>
  healthyWithAgents().onNode('win-1', n =>
    n.set(
      'eventlog/System.xml',
      eventXml(
        Array.from({length: times}, (_, i) => ({
          provider: 'Disk',
          id: 11,
          level,
          time: ago(before + 10 * i),
        })),
      ),
    ),
  );

checkCases({
  check,
  finds: {
    'an error that the event log of a node is full of': () => [
      logged(150),
      {subjects: ['Node//win-1'], severity: 'info', cause: 'System: Disk 11', says: /Disk 11 150 times/},
    ],
    'a hundred and one in an hour': () => [
      storm({count: 101}),
      {severity: 'info', subjects: ['Deployment/shop/web'], says: /BackOff 101 times an hour/},
    ],
    'a hundred and one within minutes': () => [
      storm({count: 101, first: 300}),
      {subjects: ['Deployment/shop/web']},
    ],
    'two pods of one workload together': () => [
      storm({count: 60, pod: 'shop/web-1'}, storm({count: 60})),
      {subjects: ['Deployment/shop/web'], says: /120 times/},
    ],
    'a Windows node': () => [
      report(healthy(), 'Node', 'win-1', 'ImageGCFailed', 'failed to garbage collect', {
        count: 500,
        first: ago(HOURS),
      }),
      {subjects: ['Node//win-1']},
    ],
    'a pod that is gone, by the node that spoke of it': () => [
      storm({count: 200})
        .remove('Pod', 'shop/web-0')
        .changeAll('Event', e => {
          e.source.host = 'win-1';
        }),
      {subjects: ['Pod/shop/web-0']},
    ],
  },
  passes: {
    'a hundred errors of one kind in an hour': () => logged(100),
    'many errors that are older than an hour': () => logged(150, 7200),
    'many warnings': () => logged(150, 0, 3),
    'a healthy cluster': () => healthy(),
    'a hundred in an hour': () => storm({count: 100}),
    'many over many hours': () => storm({count: 900, first: 10 * HOURS, last: 0}),
    'ordinary events': () => storm({count: 900, type: 'Normal'}),
    'a storm that ended more than an hour ago': () => storm({count: 900, first: 2 * HOURS, last: HOURS + 1}),
    'a Linux pod': () =>
      report(healthy(), 'Pod', 'kube-system/coredns-0', 'BackOff', TEXT, {count: 900, first: ago(HOURS)}),
    'lines that healthy kubelets write': () =>
      report(healthy(), 'Node', 'win-1', 'Odd', 'could not read /proc: CreateFile /proc', {
        count: 900,
        first: ago(HOURS),
      }),
  },
  unknown: {
    'the System log of a node could not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without('eventlog/System.xml')),
      'node.eventlog',
    ],
    'events may not be read': () => [healthy().without('events'), 'events'],
    'the event logs of the nodes were not read': () => [storm({count: 5}), 'node.eventlog'],
  },
});
