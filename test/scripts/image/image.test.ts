import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import test from 'ava';
import {extract} from 'tar-stream';
import {buildImage} from '../../../scripts/image/build.ts';
import {tempDir} from '../../helpers/archives.ts';

/** Compressed bytes of one platform's image (issue 4). */
const MOST = 45e6;

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  platform?: Record<string, string>;
  annotations?: Record<string, string>;
}
interface Manifest {
  config: Descriptor;
  layers: Descriptor[];
}
interface Config {
  os: string;
  architecture: string;
  rootfs: {diff_ids: string[]};
}

const options = {
  name: 'example.test/agent',
  tag: 'v1',
  time: new Date('2026-01-01T00:00:00Z'),
  say: (line: string) => console.error(line),
};
/** One build for all tests: each takes the compressor a while. */
const folder = mkdtempSync(join(tmpdir(), 'image-'));
/** Packing the programs anew takes a minute each on a busy machine. */
test.beforeEach(t => t.timeout(600_000));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));
const built = buildImage({...options, folder});

const blob = (digest: string): Buffer =>
  readFileSync(join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length)));
const json = (digest: string): unknown => JSON.parse(blob(digest).toString());
// Built by the code under test; the assertions look at their contents.
const indexOf = (digest: string) => json(digest) as {manifests: Descriptor[]};
const manifestOf = (digest: string) => json(digest) as Manifest;
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Manifests by platform. */
async function manifests(): Promise<Map<string, Manifest>> {
  const {digest} = await built;
  const index = indexOf(digest);
  return new Map(
    index.manifests.map(({digest, platform}) => [
      `${platform?.['os']}/${platform?.['architecture']}`,
      manifestOf(digest),
    ]),
  );
}

interface Entry {
  name: string;
  type: string;
  mode: number;
  mtime: number;
  pax: Record<string, string>;
  bytes: Buffer;
}

/** Everything in the only layer of a platform. */
async function entries(platform: string): Promise<Entry[]> {
  const [layer] = (await manifests()).get(platform)?.layers ?? [];
  const archive = extract();
  archive.end(gunzipSync(blob(layer?.digest ?? '')));
  const found: Entry[] = [];
  for await (const entry of archive) {
    const parts: Uint8Array[] = [];
    for await (const part of entry) if (part instanceof Uint8Array) parts.push(part);
    const {name, type, mode, mtime, pax} = entry.header;
    found.push({
      name,
      type: type ?? '',
      mode,
      mtime: mtime?.getTime() ?? 0,
      // Not in the types where an entry has none.
      pax: (pax ?? {}) as Record<string, string>,
      bytes: Buffer.concat(parts),
    });
  }
  return found;
}

test('the layout is whole: every blob has the name of its hash and the size that is said of it', async t => {
  await built;
  t.deepEqual(JSON.parse(readFileSync(join(folder, 'oci-layout'), 'utf8')), {imageLayoutVersion: '1.0.0'});
  for (const name of readdirSync(join(folder, 'blobs', 'sha256')))
    t.is(sha256(readFileSync(join(folder, 'blobs', 'sha256', name))), `sha256:${name}`);
  const {digest} = await built;
  const all = indexOf(digest).manifests.flatMap(d => [
    d,
    manifestOf(d.digest).config,
    ...manifestOf(d.digest).layers,
  ]);
  for (const {digest: blobDigest, size, mediaType} of all) {
    t.is(blob(blobDigest).length, size);
    t.true(mediaType.startsWith('application/vnd.oci.image.'));
  }
});

test('it has an image for each platform, none for a version of Windows, and each is small', async t => {
  const found = await manifests();
  t.deepEqual([...found.keys()], ['windows/amd64', 'linux/amd64', 'linux/arm64']);
  for (const [platform, {config, layers}] of found) {
    const {os, architecture, rootfs, ...rest} = json(config.digest) as Config & Record<string, unknown>;
    t.is(`${os}/${architecture}`, platform);
    t.false('os.version' in rest);
    t.deepEqual(
      rootfs.diff_ids,
      layers.map(({digest}) => sha256(gunzipSync(blob(digest)))),
    );
    t.true(layers.reduce((sum, {size}) => sum + size, 0) < MOST, platform);
  }
});

test('the layer for Windows is a base layer: files, five valid hives, nobody but administrators may write', async t => {
  const found = await entries('windows/amd64');
  const names = found.map(({name}) => name.replace(/\/$/, ''));
  for (const name of ['Hives', 'Files', 'Files/kubectl-win-agent.exe', 'Files/LICENSE'])
    t.true(names.includes(name), name);
  for (const hive of ['DEFAULT', 'SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM'])
    t.is(
      found
        .find(({name}) => name === `Files/Windows/System32/config/${hive}`)
        ?.bytes.toString('latin1', 0, 4),
      'regf',
    );
  t.true(names.every(name => /^(?:Files|Hives)(?:\/|$)/.test(name)));
  for (const {name, type, pax} of found) {
    t.is(pax['MSWINDOWS.fileattr'], type === 'directory' ? '16' : '32', name);
    const descriptor = Buffer.from(pax['MSWINDOWS.rawsd'] ?? '', 'base64');
    const list = descriptor.subarray(descriptor.readUInt32LE(16));
    t.is(list.readUInt16LE(4), 2, name);
    // BUILTIN\\Administrators (S-1-5-32-544) and SYSTEM (S-1-5-18): everything, and what is made below a folder as well.
    for (const [at, who] of [
      [8, '01020000000000052000000020020000'],
      [32, '010100000000000512000000'],
    ] as const) {
      t.is(list[at + 1], type === 'directory' ? 3 : 0, name);
      t.is(list.readUInt32LE(at + 4), 0x1f_01ff, name);
      t.is(list.toString('hex', at + 8, at + 8 + who.length / 2), who, name);
    }
    // Nothing comes down from above.
    t.is(descriptor.readUInt16LE(2) & 0x1000, 0x1000, name);
  }
});

test('every entry has the same time, and folders come before what they hold', async t => {
  for (const platform of ['windows/amd64', 'linux/amd64']) {
    const found = await entries(platform);
    t.deepEqual([...new Set(found.map(({mtime}) => mtime))], [options.time.getTime()]);
    const seen = new Set<string>();
    for (const {name} of found) {
      const path = name.replace(/\/$/, '');
      if (path.includes('/')) t.true(seen.has(path.slice(0, path.lastIndexOf('/'))), path);
      seen.add(path);
    }
  }
});

test('the images for Linux hold the program, the loader and the libraries it is linked against, for the right machine', async t => {
  for (const [platform, machine, loader] of [
    ['linux/amd64', 0x3e, 'lib64/ld-linux-x86-64.so.2'],
    ['linux/arm64', 0xb7, 'lib/ld-linux-aarch64.so.1'],
  ] as const) {
    const found = new Map((await entries(platform)).map(entry => [entry.name, entry]));
    t.is((found.get('kubectl-win-agent')?.mode ?? 0) & 0o111, 0o111);
    t.is((found.get(loader)?.mode ?? 0) & 0o111, 0o111);
    for (const [name, {bytes}] of found)
      if (/\.so[.\d]*$|agent$|\.node$/.test(name)) t.is(bytes.readUInt16LE(0x12), machine, name);
    for (const library of [
      'libc.so.6',
      'libstdc++.so.6',
      'libm.so.6',
      'libgcc_s.so.1',
      'libdl.so.2',
      'libpthread.so.0',
    ])
      t.true(
        [...found.keys()].some(name => name.endsWith(`/${library}`)),
        `${platform} ${library}`,
      );
  }
});

test('a second build has the same digest', async t => {
  const again = join(tempDir(t), 'again');
  const {digest} = await buildImage({...options, folder: again, platforms: ['windows/amd64']});
  const index = JSON.parse(
    readFileSync(join(again, 'blobs', 'sha256', digest.slice('sha256:'.length)), 'utf8'),
  ) as {manifests: Descriptor[]};
  const [first] = indexOf((await built).digest).manifests;
  t.is(index.manifests[0]?.digest, first?.digest);
});

test('skopeo reads and copies it with every platform', async t => {
  const {digest} = await built;
  const raw = execFileSync('skopeo', ['inspect', '--raw', `oci:${folder}:v1`]);
  t.is(sha256(raw), digest);
  const copy = join(tempDir(t), 'copy');
  execFileSync('skopeo', ['copy', '--all', '--insecure-policy', `oci:${folder}:v1`, `oci:${copy}:v1`], {
    stdio: 'pipe',
  });
  t.true(existsSync(join(copy, 'blobs', 'sha256', digest.slice('sha256:'.length))));
});
