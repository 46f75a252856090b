import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {crc32, gunzipSync, gzipSync} from 'node:zlib';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {MARK_BYTES, markIn, tailMark} from '../../../plugin/capture/tail-mark.ts';
import {inspectBundle} from '../../../plugin/services/bundle/inspect.ts';
import {glanceAtBundle, openBundle} from '../../../plugin/services/bundle/open-bundle.ts';
import {redactBundle} from '../../../plugin/services/bundle/redact.ts';
import {verifyBundle} from '../../../plugin/services/bundle/verify.ts';
import {tarOf, tempDir, tempFile} from '../../helpers/archives.ts';

const SAMPLE = join(import.meta.dirname, '../../../plugin/sample');

let written: Promise<Buffer> | undefined;

async function writeOne(t: ExecutionContext): Promise<Buffer> {
  const path = join(tempDir(t), 'b.tar.gz');
  await redactBundle(SAMPLE, {'output-file': path}, new AbortController().signal);
  return readFileSync(path);
}

/** An archive as we write them, and where its second member begins. */
async function archiveOf(t: ExecutionContext): Promise<{path: string; bytes: Buffer; place: number}> {
  const bytes = Buffer.from(await (written ??= writeOne(t)));
  const path = tempFile(t, 'b.tar.gz', bytes);
  const {place = t.fail()} = markIn(bytes.subarray(-MARK_BYTES), bytes.length) ?? {};
  return {path, bytes, place};
}

/** An archive whose end tells what is so, but for where it points to. */
function ending(place: number, ...parts: readonly Uint8Array[]): Buffer {
  const before = Buffer.concat(parts);
  return Buffer.concat([before, tailMark({place, before: before.length, crc: crc32(before)})]);
}

/** An archive that begins as any, and whose end points to this. */
function pointingTo(t: ExecutionContext, member: Uint8Array): string {
  const before = gzipSync('anything');
  return tempFile(t, 'b.tar.gz', ending(before.length, before, member));
}

const MANIFEST = readFileSync(join(SAMPLE, 'kubectl-win/manifest.json'));

test('the end of an archive says the same of it as all of it', async t => {
  const {path, bytes, place} = await archiveOf(t);
  const glance = await glanceAtBundle(path, {});
  const {files: _, listed, ...all} = await openBundle(path, {});
  t.deepEqual({...glance, listed: undefined}, {...all, listed: undefined});
  t.deepEqual(
    glance?.listed.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    listed.map(({path: at, size}) => ({path: at, size})),
  );
  t.deepEqual((await verifyBundle(path, {})).faults, []);
  bytes.fill(0xff, 100, place - 100);
  t.deepEqual(
    {...(await inspectBundle(tempFile(t, 'b.tar.gz', bytes), {})), path},
    await inspectBundle(path, {}),
  );
});

test('other programs unpack it as one archive', async t => {
  const {path, bytes} = await archiveOf(t);
  execFileSync('gzip', ['-t', path]);
  const names = execFileSync('tar', ['-tzf', path], {encoding: 'utf8'}).trim().split('\n');
  t.deepEqual(names, names.toSorted());
  t.true(names.includes('b/kubectl-win/manifest.json') && names.includes('b/version.yaml'));
  t.deepEqual(gunzipSync(bytes).subarray(-1024), Buffer.alloc(1024));
});

test('an archive that was cut, went on, or is encrypted otherwise is read as a whole', async t => {
  const {bytes, place} = await archiveOf(t);
  const others = [
    Buffer.of(),
    bytes.subarray(0, -1),
    bytes.subarray(0, -MARK_BYTES),
    bytes.subarray(0, place),
    bytes.subarray(1),
    Buffer.concat([bytes, bytes]),
    Buffer.concat([bytes, Buffer.of(0)]),
    Buffer.concat([Buffer.from('age-encryption.org/v1\n'), bytes]),
    gunzipSync(bytes),
  ];
  for (const [n, other] of others.entries())
    t.is(await glanceAtBundle(tempFile(t, 'b.tar.gz', other), {}), undefined, String(n));
  t.is(await glanceAtBundle(SAMPLE, {}), undefined);
  t.is(await glanceAtBundle(join(SAMPLE, 'nothing'), {}), undefined);
});

test('of an archive that was cut it is told that it was', async t => {
  const {bytes, place} = await archiveOf(t);
  const path = tempFile(t, 'b.tar.gz', bytes.subarray(0, place - 10));
  const {notes, files} = await inspectBundle(path, {});
  t.deepEqual(notes, [`${path} is damaged or cut short: what was whole was read`]);
  t.true(files > 10);
  await t.throwsAsync(verifyBundle(path, {}), {message: /has no manifest, and was damaged or cut short:/});
});

test('an end that points anywhere else leads nowhere', async t => {
  const {bytes} = await archiveOf(t);
  for (const place of [0, 1, 2 ** 40, bytes.length - MARK_BYTES]) {
    const path = tempFile(t, 'b.tar.gz', ending(place, bytes.subarray(0, -MARK_BYTES)));
    t.is(await glanceAtBundle(path, {}), undefined, String(place));
  }
  const manifest = new Map([['b/kubectl-win/manifest.json', MANIFEST]]);
  const another = new Map([['b/version.yaml', MANIFEST], ...manifest]);
  t.truthy(await glanceAtBundle(pointingTo(t, gzipSync(await tarOf(manifest))), {}));
  t.is(await glanceAtBundle(pointingTo(t, gzipSync(await tarOf(another))), {}), undefined);
  t.is(
    await glanceAtBundle(pointingTo(t, gzipSync((await tarOf(manifest)).subarray(0, 2000))), {}),
    undefined,
  );
  t.is(await glanceAtBundle(pointingTo(t, gzipSync(MANIFEST)), {}), undefined);
  const upwards = new Map([['../kubectl-win/manifest.json', MANIFEST]]);
  await t.throwsAsync(glanceAtBundle(pointingTo(t, gzipSync(await tarOf(upwards))), {}), {
    message: /is refused/,
  });
  const bomb = new Map([['b/kubectl-win/manifest.json', Buffer.alloc(2 ** 20)]]);
  const limits = {...LIMITS, ratio: 100, ratioFloor: 2 ** 16};
  await t.throwsAsync(glanceAtBundle(pointingTo(t, gzipSync(await tarOf(bomb))), {limits}), {
    message: /is refused: it unpacks to more than 100 times/,
  });
});

test('of two manifests the end shows one, and verifying tells that there are two', async t => {
  const {bytes, place} = await archiveOf(t);
  const first = gzipSync(
    (await tarOf(new Map([['b/kubectl-win/manifest.json', MANIFEST]]))).subarray(0, -1024),
  );
  const rest = bytes.subarray(place, -MARK_BYTES);
  const path = tempFile(t, 'b.tar.gz', ending(first.length, first, rest));
  t.truthy(await glanceAtBundle(path, {}));
  const {faults} = await verifyBundle(path, {});
  t.true(
    faults.some(fault => fault.includes('stands in it twice')),
    faults.join('\n'),
  );
});
