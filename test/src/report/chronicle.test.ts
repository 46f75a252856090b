import test from 'ava';
import {chronicleOf} from '../../../src/report/chronicle.ts';
import {finding, report} from '../../helpers/report.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import type {Raw} from '../../helpers/raw.ts';

const warning = (name: string, pod: string, message: string, at: string): Raw => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {name, namespace: 'shop'},
  type: 'Warning',
  reason: 'FailedMount',
  message,
  involvedObject: {kind: 'Pod', namespace: 'shop', name: pod},
  lastTimestamp: at,
  count: 1,
  source: {component: 'kubelet'},
});

const texts = (cluster: TestCluster): string[] =>
  chronicleOf(cluster.snapshot(), report()).happenings.map(h => `${h.subjectCount} ${h.text}`);

test('what many say of one thing at one time is one line, and other words are another', t => {
  const cluster = healthy().add(
    warning('a', 'web-0', 'volume "a" of pod 12345: no driver', '2026-09-01T11:50:01Z'),
    warning('b', 'web-1', 'volume "b" of pod 54321: no driver', '2026-09-01T11:55:00Z'),
    warning('c', 'web-1', 'the disk is full', '2026-09-01T11:56:00Z'),
    warning('d', 'web-1', 'volume "b" of pod 54321: no driver', '2026-09-01T11:05:00Z'),
  );
  t.deepEqual(texts(cluster), [
    '1 FailedMount: volume "b" of pod 54321: no driver',
    '2 FailedMount: volume "a" of pod 12345: no driver',
    '1 FailedMount: the disk is full',
  ]);
});

test('pods of Linux nodes are left out, unless a finding is about them', t => {
  const cluster = healthy().add(warning('a', 'coredns-0', 'no', '2026-09-01T11:50:00Z'));
  t.deepEqual(texts(cluster), []);
  const about = finding('DNS001', {subjects: [{kind: 'Pod', namespace: 'shop', name: 'coredns-0'}]});
  t.is(chronicleOf(cluster.snapshot(), report([about])).happenings.length, 1);
});

test('of a node that a finding is about, it tells when a condition went wrong', t => {
  const cluster = healthy().change('Node', 'win-1', node => {
    for (const c of node['status'].conditions)
      if (c.type === 'Ready') Object.assign(c, {status: 'False', lastTransitionTime: '2026-09-01T11:40:00Z'});
  });
  const {happenings} = chronicleOf(cluster.snapshot(), report([finding('NOD001')]));
  t.like(happenings, [
    {time: '2026-09-01T11:40:00Z', level: 'Error', subjects: [{kind: 'Node', name: 'win-1'}]},
  ]);
});

test('of very many the newest are kept, and the others counted', t => {
  const events = Array.from({length: 300}, (_, i) => {
    const at = `2026-09-01T${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00Z`;
    return warning(
      `e${i}`,
      'web-0',
      `${'abcdefghij'.charAt(i % 10)} went ${'klmnopqrst'.charAt(Math.floor(i / 10) % 10)}`,
      at,
    );
  });
  const {happenings, left} = chronicleOf(
    healthy()
      .add(...events)
      .snapshot(),
    report(),
  );
  t.is(happenings.length + left, 300);
  t.is(left, 50);
});
