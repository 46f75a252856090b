import {readFileSync, statSync} from 'node:fs';
import {createHash} from 'node:crypto';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {TooLarge, writeArchive} from '../../../plugin/bundle/archive.ts';
import {fitInto} from '../../../plugin/bundle/fit.ts';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {maxBytesOf} from '../../../plugin/services/bundle/begin.ts';
import {tempDir} from '../../helpers/archives.ts';

const source = 'test';
const NODES = 'cluster-resources/nodes.json';
const EVENTS = 'host-collectors/win-1/windows/eventlog/System.xml';
const log = (pod: string): string => `cluster-resources/pods/logs/shop/${pod}/c.log`;

/** Lines that do not shrink much, the last of a day. */
function lines(count: number, day: string): string {
  return Array.from(
    {length: count},
    (_, n) => `2026-09-${day}T10:00:00Z ${createHash('sha512').update(`${day} ${n}`).digest('base64')}\n`,
  ).join('');
}

function spoolOf(t: ExecutionContext): Spool {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  spool.append(NODES, '{"items":[]}', {source});
  spool.append(EVENTS, `<Events>${lines(400, '01')}</Events>`, {source});
  spool.append(log('large'), lines(4000, '02'), {source});
  spool.append(log('small'), lines(100, '03'), {source});
  return spool;
}

async function packed(spool: Spool): Promise<number> {
  const archive = join(dirname(spool.root), 'b.tar.gz');
  await writeArchive(spool, {archive, time: new Date(0)});
  return statSync(archive).size;
}

test('logs of pods are cut first, of the largest its beginning, and the archive is never larger than it may be', async t => {
  const spool = spoolOf(t);
  const whole = readFileSync(join(spool.folder, log('large')), 'utf8');
  const max = 150_000;
  const gaps = await fitInto(spool, max);
  t.deepEqual(
    gaps?.map(({what, reason, partial}) => [what, reason, partial]),
    [[log('large'), 'not-requested', true]],
  );
  const kept = readFileSync(join(spool.folder, log('large')), 'utf8');
  t.true(whole.endsWith(kept) && kept.startsWith('2026-'));
  t.true((await packed(spool)) <= max);
  t.true((await packed(spool)) > max / 2, 'the room is used');
  t.is(spool.files().find(({path}) => path === log('large'))?.bytes, Buffer.byteLength(kept));
});

test('where there is room for little, the oldest log goes first, then logs of nodes and of events', async t => {
  const spool = spoolOf(t);
  await fitInto(spool, 45_000);
  t.deepEqual(spool.paths(), [NODES, log('large'), log('small'), EVENTS].toSorted());
  let max = 45_000;
  while (spool.has(log('large'))) await fitInto(spool, (max -= 1000));
  t.true(
    spool.has(log('small')) && spool.has(EVENTS),
    'the one was of the second of the month, the other of the third',
  );
  while (spool.has(log('small'))) await fitInto(spool, (max -= 1000));
  t.true(spool.has(EVENTS));
  const least = spoolOf(t);
  const gaps = await fitInto(least, 1000);
  t.deepEqual(least.paths(), [NODES]);
  t.deepEqual(gaps?.map(({what}) => what).toSorted(), [log('large'), log('small'), EVENTS].toSorted());
  t.is(await fitInto(least, 10), undefined, 'objects of the API always stay');
});

test('an archive that would be too large is not written', async t => {
  const spool = spoolOf(t);
  const archive = join(dirname(spool.root), 'b.tar.gz');
  await t.throwsAsync(writeArchive(spool, {archive, time: new Date(0), maxBytes: 10_000}), {
    instanceOf: TooLarge,
  });
  t.throws(() => statSync(archive), {code: 'ENOENT'});
});

test('a size is written as in manifests', t => {
  t.is(maxBytesOf('20M'), 20_000_000);
  t.is(maxBytesOf('1.5Mi'), 1_572_864);
  t.is(maxBytesOf('500'), 500);
  t.is(maxBytesOf(undefined), undefined);
  for (const wrong of ['', '0', '-1M', '20MB', 'x'])
    t.throws(() => maxBytesOf(wrong), {message: /is no number of bytes/});
});
