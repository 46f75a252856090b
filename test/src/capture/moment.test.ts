import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import {goTime, timeInName} from '../../../src/capture/moment.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {healthy} from '../../helpers/cluster.ts';
import {bundleDump, mustGatherDump, troubleshootDump} from '../../helpers/dump.ts';
import type {Dump} from '../../helpers/dump.ts';

const objects = healthy().objects;

async function timeOf(dump: Dump | Record<string, string>, name = 'test'): Promise<string> {
  const {snapshot} = await loadCapture(filesOf(dump, name), {fallbackTime: '1999-01-01T00:00:00Z'});
  return snapshot.source.collectedAt;
}

test('a bundle says when it was collected', async t => {
  t.is(await timeOf(bundleDump(objects, '2026-09-01T14:00:00+02:00')), '2026-09-01T12:00:00Z');
});

test('a must-gather has a timestamp', async t => {
  t.is(await timeOf(mustGatherDump(objects)), '2026-09-01T12:00:00Z');
});

test('a troubleshoot bundle was collected at its newest lease', async t => {
  t.is(
    await timeOf(troubleshootDump(objects), 'support-bundle-2026-09-01T23_00_00.tar.gz'),
    '2026-09-01T11:59:56Z',
  );
});

test('without a sign of life its name tells, then its newest object, then the caller', async t => {
  const node =
    '{"apiVersion":"v1","kind":"Node","metadata":{"name":"a","creationTimestamp":"2025-01-01T00:00:00Z"}}';
  t.is(
    await timeOf({'cluster-resources/nodes.json': `[${node}]`}, 'support-bundle-2026-09-01T23_00_00.tar.gz'),
    '2026-09-01T23:00:00Z',
  );
  t.is(
    await timeOf({'support-bundle-2026-09-01T23_00_00/cluster-resources/nodes.json': node}),
    '2026-09-01T23:00:00Z',
  );
  t.is(await timeOf({'nodes.json': node}), '2025-01-01T00:00:00Z');
  t.is(await timeOf({'nodes.json': node.replace('2025', 'x')}), '1999-01-01T00:00:00Z');
});

function lease(time: string): string {
  return `{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"${time}","namespace":"kube-node-lease"},"spec":{"renewTime":"${time}"}}`;
}

test('one object from the far future does not move the moment', async t => {
  t.is(
    await timeOf({'a.json': `${lease('9999-12-31T00:00:00Z')}\n${lease('2026-01-01T00:00:00Z')}`}),
    '2026-01-01T00:00:00Z',
  );
});

test("Go's times are read, the last one first", t => {
  t.is(
    goTime('2026-09-01 10:00:00.5 +0200 CEST m=+0.01\n2026-09-01 10:30:00 +0200 CEST\n'),
    '2026-09-01T08:30:00Z',
  );
  t.is(goTime('soon'), undefined);
});

test('names without a time have none', t => {
  t.is(timeInName('bundle-2026.tar.gz'), undefined);
  t.is(timeInName('support-bundle-2026-13-41T99_00_00'), undefined);
});
