import test from 'ava';
import {windowsPods} from '../../../src/kube/pods.ts';
import type {WantedLog} from '../../../src/logs/wanted.ts';
import {MAX_LOGS, logsToRead} from '../../../src/logs/wanted.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {windowsPodSpec, workload} from '../../helpers/raw-pods.ts';

function wanted(cluster: TestCluster): {wanted: WantedLog[]; left: number} {
  const snapshot = cluster.snapshot();
  const workloads = evidenceOf(snapshot, 'workloads');
  if (!workloads.ok) throw new Error('no workloads');
  return logsToRead(
    windowsPods(workloads.value, {
      nodes: evidenceOf(snapshot, 'nodes'),
      runtimeClasses: evidenceOf(snapshot, 'runtimeClasses'),
    }),
  );
}

const names = (logs: readonly WantedLog[]): string[] =>
  logs.map(l => `${l.namespace}/${l.pod}/${l.container}${l.previous ? ' before' : ''}`);

test('logs of Windows containers are read, of HostProcess containers and of Linux none', t => {
  t.deepEqual(names(wanted(healthy()).wanted), ['shop/web-0/web', 'shop/web-1/web']);
});

test('a container that restarted has a log of before, too, and comes first', t => {
  const cluster = healthy().change('Pod', 'shop/web-1', pod => {
    pod.status.containerStatuses[0].restartCount = 3;
    pod.status.containerStatuses[0].lastState = {terminated: {exitCode: 1}};
  });
  t.deepEqual(names(wanted(cluster).wanted), ['shop/web-1/web', 'shop/web-1/web before', 'shop/web-0/web']);
});

test('a container that never started has none', t => {
  const cluster = healthy().change('Pod', 'shop/web-0', pod => {
    pod.status.containerStatuses[0].state = {waiting: {reason: 'ImagePullBackOff'}};
  });
  t.deepEqual(names(wanted(cluster).wanted), ['shop/web-1/web']);
});

test('of many pods of one specification three speak for all', t => {
  const many = workload(
    'Deployment',
    {namespace: 'shop', name: 'many'},
    windowsPodSpec('a/b:1'),
    Array<string>(40).fill('win-1'),
  );
  const {wanted: logs, left} = wanted(healthy().add(...many));
  t.is(logs.filter(l => l.pod.startsWith('many-')).length, 3);
  t.is(left, 0);
});

test('past a limit logs are left, and how many is known', t => {
  const many = Array.from({length: 210}, (_, i) =>
    workload('Deployment', {namespace: 'shop', name: `app-${i}`}, windowsPodSpec(`a/b:${i}`), ['win-1']),
  );
  const {wanted: logs, left} = wanted(healthy().add(...many.flat()));
  t.is(logs.length, MAX_LOGS);
  t.is(left, 212 - MAX_LOGS);
});
