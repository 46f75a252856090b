import {Readable} from 'node:stream';
import test from 'ava';
import type {Access} from '../../../plugin/kube/access.ts';
import {ApiStatusError} from '../../../plugin/kube/api-error.ts';
import type {ApiStreams} from '../../../plugin/kube/api-streams.ts';
import {withPodLogs} from '../../../plugin/services/pod-logs.ts';
import type {PodLog} from '../../../src/logs/summary.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {healthy} from '../../helpers/cluster.ts';
import {FILE_LINE} from '../../helpers/pod-logs.ts';

/** Reads the logs of the healthy cluster from a server that answers like this. */
async function read(answer: (path: URL) => string | Error): Promise<{logs: PodLog[]; asked: URL[]}> {
  const asked: URL[] = [];
  const streams: ApiStreams = {
    open(path) {
      const url = new URL(path, 'https://server');
      asked.push(url);
      const said = answer(url);
      return said instanceof Error
        ? Promise.reject(said)
        : Promise.resolve(Readable.from([Buffer.from(said)]));
    },
  };
  const snapshot = await withPodLogs(healthy().snapshot(), {
    // Streams are given, so nobody connects.
    access: {} as Access,
    keys: new Set(['pod.logs']),
    signal: new AbortController().signal,
    streams,
  });
  const logs = evidenceOf(snapshot, 'pod.logs');
  return {logs: logs.ok ? logs.value : [], asked};
}

test('a short log is read once and whole', async t => {
  const {logs, asked} = await read(() => FILE_LINE);
  t.is(asked.length, 2);
  t.deepEqual(
    logs.map(({pod, log}) => [pod, log.ok && log.value.sources.File?.count, log.ok && log.value.cut]),
    [
      ['web-0', 1, false],
      ['web-1', 1, false],
    ],
  );
});

test('of a long log the beginning and the end are read, with bounds on both', async t => {
  const {logs, asked} = await read(url =>
    url.searchParams.has('tailLines') ? FILE_LINE : 'x'.repeat(Number(url.searchParams.get('limitBytes'))),
  );
  t.true(asked.every(url => Number(url.searchParams.get('limitBytes')) <= 256 * 1024));
  t.is(asked.length, 4);
  const [first] = logs;
  t.true(first?.log.ok && first.log.value.cut && first.log.value.sources.File?.count === 1);
});

test('whom a namespace denies its logs asks no further there, and is told the right', async t => {
  const {logs, asked} = await read(url => new ApiStatusError(url.pathname, 403, ''));
  t.true(asked.length <= 2);
  for (const {log} of logs) {
    t.false(log.ok);
    t.is(!log.ok && log.reason, 'denied');
    t.regex(log.ok ? '' : log.detail, /verb get on resource pods\/log .* namespace shop/);
  }
});

test('a kubelet that gives no log costs that log only', async t => {
  const {logs} = await read(url =>
    url.pathname.includes('web-0') ? new ApiStatusError(url.pathname, 500, 'broken') : FILE_LINE,
  );
  t.deepEqual(
    logs.map(({log}) => (log.ok ? 'ok' : log.reason)),
    ['failed', 'ok'],
  );
});

test('nothing is read where no check wants logs', async t => {
  const before = healthy().snapshot();
  const after = await withPodLogs(before, {
    // Nobody connects.
    access: {} as Access,
    keys: new Set(['pods']),
    signal: new AbortController().signal,
  });
  t.is(after, before);
});
