import {createHash} from 'node:crypto';
import {readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {verifyBundle} from '../../../plugin/services/bundle/verify.ts';
import {tarOf, tempDir, tempFile, tgzOf, writeTree, zipOf} from '../../helpers/archives.ts';

const SAMPLE = join(import.meta.dirname, '../../../plugin/sample/kubectl-win/manifest.json');
const LOG = 'cluster-resources/pods/logs/shop/web-0/web.log';
const LINES = '2026-03-05T10:00:00Z an order was taken\n'.repeat(100);

test('the sample that comes with the tool verifies', async t => {
  const {checked, faults} = await verifyBundle(join(SAMPLE, '../..'), {});
  t.deepEqual(faults, []);
  t.true(checked > 40);
});

/** A bundle of one log, whose manifest has the hash of `wanted`. */
function bundleOf(log: string, wanted: string): Map<string, string> {
  // Our own file.
  const manifest = JSON.parse(readFileSync(SAMPLE, 'utf8')) as object;
  const sha256 = createHash('sha256').update(wanted).digest('hex');
  const files = [{path: LOG, bytes: wanted.length, sha256, source: 'x', tookMs: 1, redactions: 0}];
  return new Map([
    ['kubectl-win/manifest.json', JSON.stringify({...manifest, files})],
    [LOG, log],
  ]);
}

async function paths(t: ExecutionContext, files: Map<string, string>): Promise<string[]> {
  return [
    writeTree(tempDir(t), files),
    tempFile(t, 'x', await tarOf(files)),
    tempFile(t, 'x', await tgzOf(files)),
    tempFile(t, 'x', zipOf(files)),
  ];
}

test('files that are too large to be read whole are verified to their last byte, wherever they lie', async t => {
  for (const keptBytes of [0, LIMITS.keptBytes]) {
    const limits = {...LIMITS, fileBytes: 2000, keptBytes};
    for (const path of await paths(t, bundleOf(LINES, LINES)))
      t.deepEqual(await verifyBundle(path, {limits}), {checked: 1, faults: []}, path);
    for (const path of await paths(t, bundleOf(`${LINES.slice(0, -2)}x\n`, LINES)))
      t.deepEqual((await verifyBundle(path, {limits})).faults, [
        `${LOG} is another than the one that was collected`,
      ]);
  }
});

test('a log larger than anything that is read whole verifies in little memory', async t => {
  const size = LIMITS.fileBytes + 2 ** 20;
  const zeros = Buffer.alloc(2 ** 20);
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += zeros.length) hash.update(zeros);
  const root = writeTree(tempDir(t), bundleOf('', ''));
  const manifest = join(root, 'kubectl-win/manifest.json');
  const empty = createHash('sha256').digest('hex');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(empty, hash.digest('hex')));
  truncateSync(join(root, LOG), size);
  const before = process.memoryUsage.rss();
  t.deepEqual(await verifyBundle(root, {}), {checked: 1, faults: []});
  t.true(process.memoryUsage.rss() - before < 100e6);
});
