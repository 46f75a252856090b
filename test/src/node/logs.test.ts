import test from 'ava';
import {evidenceOfFile, evidenceOfKey} from '../../../src/node/files.ts';
import {NO_LOGS, logGap, takeLog} from '../../../src/node/logs.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {eventXml} from '../../helpers/events-xml.ts';

const PLEG =
  'kubelet.go:2406] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m ago';

/** A sandbox that failed, by containerd of 1.7, in minute `n`. */
const failed = (uid: string, n: number) =>
  `time="2026-09-01T11:0${n}:00Z" level=error msg="RunPodSandbox for &PodSandboxMetadata{Name:a,Uid:${uid},Namespace:b,Attempt:0,} failed, error" error="no ${n}"`;

function linesOf(text: string, file = 'logs/kubelet/kubelet.log') {
  return takeLog(NO_LOGS, {file, text}).lines;
}

test('a line of klog is as old as the log has gone on since', t => {
  const [line] = linesOf(
    `E0901 11:58:00.000000    42 ${PLEG}\nI0901 11:59:30.000000    42 x.go:1] later\n\tstack\n`,
  );
  t.is(line?.beforeEnd, 90_000);
});

test('a log that goes over the new year has no line of the future', t => {
  const [line] = linesOf(`E1231 23:59:00.000000    42 ${PLEG}\nI0101 00:01:00.000000    42 x.go:1] later\n`);
  t.is(line?.beforeEnd, 120_000);
});

test('a line without a time has no age', t => {
  const [line] = linesOf(`${PLEG}\n`);
  t.is(line?.beforeEnd, undefined);
  t.is(line?.line, 1);
});

test('of one pod the latest lines are kept, and of other pods theirs', t => {
  const text = [1, 2, 3, 4, 5]
    .map(n => failed('a', n))
    .concat(failed('b', 6))
    .join('\n');
  t.deepEqual(
    linesOf(text, 'logs/containerd/containerd.log').map(l => [l.error?.pod, l.error?.text.at(-1)]),
    [
      ['a', '3'],
      ['a', '4'],
      ['a', '5'],
      ['b', '6'],
    ],
  );
});

test('nothing follows from a log that was not read', t => {
  const read = takeLog(NO_LOGS, {file: 'logs/kubelet/kubelet.log', text: ''});
  t.is(logGap(read, ['rke2', 'kubelet']), undefined);
  t.like(logGap(read, ['containerd']), {reason: 'unsupported'});
  const gap = missing('denied', 'no right');
  t.deepEqual(logGap({...read, missing: [{key: 'logs.containerd.containerd', gap}]}, ['containerd']), gap);
});

const SYNC = String.raw`E0901 11:59:40.000000    4244 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \"CreatePodSandbox\" for \"a_b(u)\" with CreatePodSandboxError: \"Failed to create sandbox for pod \\\"a_b(u)\\\": no\"" pod="b/a" podUID="u"`;

test('on EKS the lines of kubelet and kube-proxy are events, the newest first, and mean the same', t => {
  const xml = eventXml([
    {provider: 'kube-proxy', id: 0, channel: 'EKS', time: '2026-09-01T11:59:50Z', data: ['I0901 well']},
    {provider: 'kubelet', id: 0, channel: 'EKS', time: '2026-09-01T11:59:40Z', data: [SYNC]},
    {provider: 'kubelet', id: 0, channel: 'EKS', time: '2026-09-01T11:58:40Z', data: [`E0901 ${PLEG}`]},
  ]);
  const logs = takeLog(NO_LOGS, {file: 'eventlog/EKS.xml', text: xml});
  t.like(logs.lines, [
    {sign: 'pleg-unhealthy', component: 'kubelet', line: 2, at: Date.parse('2026-09-01T11:58:40Z')},
    {sign: 'sandbox-failed', line: 1, error: {pod: 'u', text: 'Failed to create pod sandbox: no'}},
  ]);
  t.is(logGap(logs, ['kubelet']), undefined);
  t.is(logGap(logs, ['kube-proxy']), undefined);
  t.like(logGap(logs, ['containerd']), {reason: 'unsupported'});
});

test('another channel of the event log is no log, and its absence says nothing of logs', t => {
  t.deepEqual(evidenceOfFile('eventlog/EKS.xml'), ['node.eventlog', 'node.logs']);
  t.deepEqual(evidenceOfFile('eventlog/System.xml'), ['node.eventlog']);
  t.deepEqual(evidenceOfKey('eventlog'), ['node.eventlog']);
});
