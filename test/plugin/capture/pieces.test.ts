import {open} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {openCapture} from '../../../plugin/capture/open.ts';
import {logTails} from '../../../plugin/services/log-tails.ts';
import {tarOf, tempDir, tempFile, tgzOf, writeTree, zipOf} from '../../helpers/archives.ts';
import {healthy} from '../../helpers/cluster.ts';
import {bundleDump} from '../../helpers/dump.ts';

const POD = {namespace: 'shop', pod: 'web', container: 'c', previous: false};
const LOG = 'cluster-resources/pods/logs/shop/web/c.log';
const LINES = Array.from({length: 20_000}, (_, n) => `2026-09-01T12:00:00Z order ${n} was taken\n`).join('');
const files = new Map([...bundleDump(healthy().objects), [LOG, LINES]]);
/** Whatever lies in memory as a whole is not told in pieces. */
const limits = {...LIMITS, keptBytes: 0};

test('a file that is told in pieces is the same, as far as it is wanted', async t => {
  const sources = [
    writeTree(tempDir(t), files),
    tempFile(t, 'x', await tarOf(files)),
    tempFile(t, 'x', await tgzOf(files)),
    tempFile(t, 'x', zipOf(files)),
  ];
  const whole = evidenceIn(await loadSnapshotFrom(sources[0] ?? '', {}));
  t.like(whole, {ok: true, value: [{...POD, log: {value: {bytes: LINES.length, records: 20_000}}}]});
  for (const path of sources) {
    const opened = await openCapture(path, {limits});
    for (const atMost of [undefined, 300_000, LINES.length]) {
      let told = '';
      const into = (piece: Uint8Array): void => void (told += Buffer.from(piece).toString());
      const how = {into: (): typeof into => into, atMost: (): number | undefined => atMost};
      for await (const {bytes, problem} of opened.read(new Set([LOG]), how)) {
        t.is(bytes.length, 0);
        t.is(problem !== undefined, atMost === 300_000, problem);
      }
      t.is(told, LINES.slice(0, atMost));
    }
    t.deepEqual(evidenceIn(await loadSnapshotFrom(path, {limits})), whole);
    const tails = await logTails(opened, '', [POD]);
    t.deepEqual(tails, await logTails(await openCapture(path), '', [POD]));
    t.is(tails[0]?.lines.at(-1), '2026-09-01T12:00:00Z order 19999 was taken');
    t.true(tails[0]?.isCut);
  }
});

test('files of which only the beginning is read are closed once, and nobody else loses one', async t => {
  const folder = writeTree(tempDir(t), files);
  const opened = await openCapture(folder, {limits: {...limits, fileBytes: 100}});
  const other = async (): Promise<void> => {
    for (let i = 0; i < 300; i++) {
      // It may get a descriptor that was just closed.
      const handle = await open(join(folder, LOG));
      await handle.stat();
      await handle.close();
    }
  };
  const reading = async (): Promise<void> => {
    for (let i = 0; i < 300; i++)
      for await (const {bytes} of opened.read(new Set([LOG]))) t.is(bytes.length, 100);
  };
  await t.notThrowsAsync(Promise.all([other(), other(), reading(), reading()]));
});

function evidenceIn({snapshot}: Awaited<ReturnType<typeof loadSnapshotFrom>>): unknown {
  return snapshot.evidence['pod.logs'];
}
