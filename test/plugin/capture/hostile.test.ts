import {gzipSync} from 'node:zlib';
import test from 'ava';
import type {Header} from 'tar-stream';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {UserError} from '../../../plugin/errors.ts';
import {tarOf, tempFile, tgzOf, zipOf} from '../../helpers/archives.ts';

const NOTHING = new Map<string, string>();

const HOSTILE: Record<string, [Partial<Header>, RegExp]> = {
  'climbs out': [{name: '../../etc/cron.d/x'}, /leads out of the archive/],
  'climbs out by backslashes': [{name: 'a\\..\\..\\x'}, /leads out of the archive/],
  'climbs out in the middle': [{name: 'a/b/../../../x'}, /leads out of the archive/],
  'is absolute': [{name: '/etc/passwd'}, /is an absolute path/],
  'is absolute on a share': [{name: '\\\\host\\share\\x'}, /is an absolute path/],
  'names a drive': [{name: 'C:\\Windows\\x'}, /names a drive/],
  'names a drive without a slash': [{name: 'c:x'}, /names a drive/],
  'names a stream': [{name: 'a/b.json:hidden'}, /names an alternate data stream/],
  'links out': [{name: 'l', type: 'symlink', linkname: '../x'}, /is a link out of the archive/],
  'links to an absolute path': [
    {name: 'l', type: 'symlink', linkname: '/etc/shadow'},
    /is a link out of the archive/,
  ],
  'links hard to the outside': [
    {name: 'a/l', type: 'link', linkname: '../x'},
    /is a link out of the archive/,
  ],
  'is a character device': [{name: 'd', type: 'character-device'}, /is a device/],
  'is a block device': [{name: 'd', type: 'block-device'}, /is a device/],
  'is a pipe': [{name: 'd', type: 'fifo'}, /is a device/],
  'is a directory outside': [{name: '../d', type: 'directory'}, /leads out of the archive/],
};

for (const [title, [header, expected]] of Object.entries(HOSTILE)) {
  test(`a tar archive with an entry that ${title} is refused`, async t => {
    const good = new Map([['nodes.json', '{"kind":"NodeList","apiVersion":"v1","items":[]}']]);
    const error = await t.throwsAsync(loadSnapshotFrom(tempFile(t, 'x.tar', await tarOf(good, [header]))));
    t.true(error instanceof UserError);
    t.regex(error?.message ?? '', expected);
    t.notRegex(error?.message ?? '', /\n/);
  });
}

for (const name of ['../x', '/etc/x', 'C:\\x', 'a.txt:s', '..\\x', 'a/../../x']) {
  test(`a zip archive with the entry ${name} is refused`, async t => {
    const path = tempFile(t, 'x.zip', zipOf(new Map([[name, 'x']])));
    await t.throwsAsync(loadSnapshotFrom(path), {name: 'UserError', message: /is refused: its entry/});
  });
}

test('a zip archive with a link out or a device is refused', async t => {
  const files = new Map([['l', '../../etc/passwd']]);
  for (const [mode, expected] of [
    [0o120_777, /link out/],
    [0o020_666, /device/],
  ] as const) {
    const path = tempFile(t, 'x.zip', zipOf(files, new Map([['l', {mode}]])));
    await t.throwsAsync(loadSnapshotFrom(path), {name: 'UserError', message: expected});
  }
});

test('more entries than the limit are refused, in tar and in zip', async t => {
  const limits = {...LIMITS, entries: 20};
  const files = new Map(Array.from({length: 21}, (_, i) => [`f${i}.json`, '{}']));
  for (const bytes of [await tarOf(files), await tgzOf(files), zipOf(files)]) {
    const path = tempFile(t, 'x', bytes);
    await t.throwsAsync(loadSnapshotFrom(path, {limits}), {message: /it has more than 20 entries/});
  }
  t.is(LIMITS.entries, 200_000);
});

test('more bytes than the limit are refused, in tar and in zip', async t => {
  const limits = {...LIMITS, unpackedBytes: 1_000_000};
  const files = new Map(Array.from({length: 11}, (_, i) => [`f${i}.json`, Buffer.alloc(100_000, `${i}`)]));
  for (const bytes of [await tarOf(files), await tgzOf(files), zipOf(files)]) {
    const path = tempFile(t, 'x', bytes);
    await t.throwsAsync(loadSnapshotFrom(path, {limits}), {message: /it unpacks to more than 976.6 KiB/});
  }
  t.is(LIMITS.unpackedBytes, 8 * 1024 ** 3);
});

test('a ratio over 1,000 is refused within a second, in tar, zip and a single file', async t => {
  const zeros = Buffer.alloc(60_000_000);
  const files = new Map([['nodes.json', zeros]]);
  const packed: [string, Uint8Array][] = [
    ['tgz', gzipSync(await tarOf(files), {level: 9})],
    ['zip', zipOf(files)],
    ['gz', gzipSync(zeros, {level: 9})],
  ];
  for (const [title, bytes] of packed) {
    const path = tempFile(t, title, bytes);
    await t.throwsAsync(loadSnapshotFrom(path), {message: /unpacks to more than 1000 times its size/}, title);
  }
});

test('a zip archive that lies about sizes gives what it claimed, not more', async t => {
  const files = new Map([['nodes.json', Buffer.alloc(50_000_000, 0x20)]]);
  const path = tempFile(t, 'x.zip', zipOf(files, new Map([['nodes.json', {claims: 100}]])));
  const before = process.memoryUsage().rss;
  await t.throwsAsync(loadSnapshotFrom(path), {message: /it is damaged in the archive/});
  t.true(process.memoryUsage().rss - before < 200_000_000);
});

test('an encrypted file is named, and the others are read', async t => {
  const nodes = '{"kind":"NodeList","apiVersion":"v1","items":[]}';
  const files = new Map([
    ['nodes.json', nodes],
    ['pods.json', 'x'],
  ]);
  const path = tempFile(t, 'x.zip', zipOf(files, new Map([['pods.json', {encrypted: true}]])));
  const {snapshot, notes} = await loadSnapshotFrom(path);
  t.true(snapshot.evidence.nodes?.ok);
  t.deepEqual(notes, ['pods.json: it is encrypted']);
});

test('a link chain or nothing at all in an archive is no capture', async t => {
  await t.throwsAsync(
    loadSnapshotFrom(tempFile(t, 'x', await tarOf(NOTHING, [{name: 'd', type: 'directory'}]))),
    {
      message: /it has no files/,
    },
  );
});

test('reading stops when it is told to', async t => {
  const path = tempFile(t, 'x', await tgzOf(new Map([['a.json', '{}']])));
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await t.throwsAsync(loadSnapshotFrom(path, {signal: stop.signal}));
});
