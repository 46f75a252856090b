import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {crc32, gunzipSync, gzipSync} from 'node:zlib';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {openMarked} from '../../../plugin/capture/marked.ts';
import {MARK_BYTES, markIn, tailMark} from '../../../plugin/capture/tail-mark.ts';
import {redactBundle} from '../../../plugin/services/bundle/redact.ts';
import {manifestOf} from '../../../src/bundle/own-files.ts';
import {tarOf, tempDir, tempFile, writeTree} from '../../helpers/archives.ts';
import {healthy} from '../../helpers/cluster.ts';
import {bundleDump} from '../../helpers/dump.ts';

const MANIFEST = 'b/kubectl-win/manifest.json';
/** Everything is too large to be kept. */
const limits = {...LIMITS, keptBytes: 0};
/** Zeros that end a tar archive. */
const BLOCKS = 1024;
const ABOUT = {tool: {version: '0.1.0'}, time: '2026-09-01T12:00:00Z', cluster: {}, missing: []};

let written: Promise<Buffer> | undefined;

async function writeOne(t: ExecutionContext): Promise<Buffer> {
  const path = join(tempDir(t), 'b.tar.gz');
  const folder = writeTree(tempDir(t), bundleDump(healthy().objects));
  await redactBundle(folder, {'output-file': path}, new AbortController().signal);
  return readFileSync(path);
}

/** The two members of an archive as we write them. */
async function members(t: ExecutionContext): Promise<{bytes: Buffer; before: Buffer; tail: Buffer}> {
  const bytes = Buffer.from(await (written ??= writeOne(t)));
  const {place = t.fail()} = markIn(bytes.subarray(-MARK_BYTES), bytes.length) ?? {};
  return {bytes, before: bytes.subarray(0, place), tail: bytes.subarray(place, -MARK_BYTES)};
}

/** An archive of two members whose end tells what is so. */
function archiveOf(t: ExecutionContext, before: Uint8Array, tail: Uint8Array): string {
  const all = Buffer.concat([before, tail]);
  const mark = tailMark({place: before.length, before: all.length, crc: crc32(all)});
  return tempFile(t, 'b.tar.gz', Buffer.concat([all, mark]));
}

/** What is read of an archive but for its name, which everything read of it says. */
async function readOf(path: string): Promise<unknown> {
  const {snapshot, layout, notes} = await loadSnapshotFrom(path, {limits});
  return {evidence: snapshot.evidence, now: snapshot.now, layout, notes: notes.map(n => n.replace(path, ''))};
}

/** What is noted of an archive, or why it is not read. */
function told(path: string): Promise<string> {
  return loadSnapshotFrom(path, {limits}).then(
    ({notes}) => notes.join('\n').replaceAll(path, ''),
    (error: unknown) => String(error).replaceAll(path, ''),
  );
}

test('a large archive of ours is listed by its manifest, with the same result', async t => {
  const {bytes} = await members(t);
  const path = tempFile(t, 'b.tar.gz', bytes);
  t.true((await openMarked(path, {limits}))?.list().some(file => file.path === 'b/version.yaml'));
  t.is(await openMarked(path, {}), undefined);
  const unmarked = tempFile(t, 'b.tar.gz', bytes.subarray(0, -MARK_BYTES));
  t.is(await openMarked(unmarked, {limits}), undefined);
  t.deepEqual(await readOf(path), await readOf(unmarked));
});

test('one that changed on its way is read as if its end said nothing', async t => {
  const {bytes, before} = await members(t);
  for (const at of [before.length / 2, before.length - 50].map(Math.floor)) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const path = tempFile(t, 'b.tar.gz', changed);
    t.is(await openMarked(path, {limits}), undefined);
    t.is(await told(path), await told(tempFile(t, 'b.tar.gz', changed.subarray(0, -MARK_BYTES))));
  }
});

test('one that holds anything else than its manifest says is refused', async t => {
  const {before, tail} = await members(t);
  const plain = gunzipSync(before);
  const extra = await tarOf(new Map([['b/cluster-resources/x.json', Buffer.from('{}')]]));
  const others = {
    less: gzipSync(plain.subarray(0, -plain.length / 2)),
    nothing: gzipSync(''),
    more: gzipSync(Buffer.concat([extra.subarray(0, -BLOCKS), plain])),
    noise: gzipSync(Buffer.alloc(BLOCKS, 'x')),
    'not packed': Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.alloc(BLOCKS)]),
    upwards: gzipSync(
      Buffer.concat([(await tarOf(new Map([['../x', Buffer.from('{}')]]))).subarray(0, -BLOCKS), plain]),
    ),
  };
  for (const [what, other] of Object.entries(others))
    await t.throwsAsync(
      loadSnapshotFrom(archiveOf(t, other, tail), {limits}),
      {name: 'UserError', message: /is refused: it/},
      what,
    );
});

test('a manifest with names that lead out of the archive lists nothing', async t => {
  for (const path of ['../x', '/x', 'C:/x', 'a//b', './a', 'a\\b']) {
    const text = JSON.stringify(manifestOf({...ABOUT, files: [{path, bytes: 1}]}));
    const tail = gzipSync(await tarOf(new Map([[MANIFEST, Buffer.from(text)]])));
    t.is(await openMarked(archiveOf(t, gzipSync('anything'), tail), {limits}), undefined, path);
  }
});
