import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {LIMITS} from '../../../plugin/capture/limits.ts';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {tarOf, tempDir, tempFile, tgzOf, writeTree, zipOf} from '../../helpers/archives.ts';
import {healthy} from '../../helpers/cluster.ts';
import {bundleDump, troubleshootDump} from '../../helpers/dump.ts';

const dump = bundleDump(healthy().objects);
const nested = new Map([...dump].map(([path, content]) => [`kubectl-win-bundle-1/${path}`, content]));

const node = (name: string): string => `{"metadata":{"name":"${name}"},"spec":{}}`;

async function evidence(path: string): Promise<unknown> {
  const {snapshot, layout, notes} = await loadSnapshotFrom(path);
  return {evidence: snapshot.evidence, now: snapshot.now, layout, notes};
}

async function sameAsDirectory(t: ExecutionContext, path: string): Promise<void> {
  const directory = writeTree(tempDir(t), dump);
  t.deepEqual(await evidence(path), await evidence(directory));
}

test('a directory is read', async t => {
  const {snapshot, layout, notes} = await loadSnapshotFrom(writeTree(tempDir(t), dump));
  t.is(layout, 'kubectl-win');
  t.deepEqual(notes, []);
  t.is(snapshot.now, '2026-09-01T12:00:00Z');
  t.deepEqual(snapshot.evidence.pods, healthy().snapshot().evidence.pods);
});

test('a tar archive is read like a directory', async t => {
  await sameAsDirectory(t, tempFile(t, 'x', await tarOf(nested)));
});

test('a gzipped tar archive is read like a directory, whatever it is called', async t => {
  await sameAsDirectory(t, tempFile(t, 'bundle.zip', await tgzOf(nested)));
});

test('a zip archive is read like a directory', async t => {
  await sameAsDirectory(t, tempFile(t, 'x.tar.gz', zipOf(nested)));
});

test('a zip archive with the backslashes of old .NET is read like a directory', async t => {
  const backslashed = new Map([...nested].map(([path, content]) => [path.replaceAll('/', '\\'), content]));
  await sameAsDirectory(t, tempFile(t, 'x', zipOf(backslashed)));
});

test('an archive that real tar makes is read like a directory', async t => {
  const root = tempDir(t);
  writeTree(join(root, 'b'), dump);
  execFileSync('tar', ['-czf', join(root, 'b.tgz'), '-C', join(root, 'b'), '.']);
  await sameAsDirectory(t, join(root, 'b.tgz'));
});

test('an archive too large to keep is unpacked a second time, with the same result', async t => {
  const path = tempFile(t, 'x', await tgzOf(nested));
  const limits = {...LIMITS, keptBytes: 1000};
  const {snapshot} = await loadSnapshotFrom(path, {limits});
  t.deepEqual(snapshot.evidence, (await loadSnapshotFrom(path)).snapshot.evidence);
  const zip = tempFile(t, 'x', zipOf(nested));
  t.deepEqual((await loadSnapshotFrom(zip, {limits})).snapshot.evidence, snapshot.evidence);
});

test('a file too large to read whole is read in part, wherever it lies', async t => {
  const files = new Map([
    ['nodes.json', `{"kind":"NodeList","apiVersion":"v1","items":[${node('a')},${node('b')}]}`],
    ['pods.json', '{"kind":"PodList","apiVersion":"v1","items":[]}'],
  ]);
  const limits = {...LIMITS, fileBytes: 110, keptBytes: 0};
  const paths = [
    writeTree(tempDir(t), files),
    tempFile(t, 'x', await tarOf(files)),
    tempFile(t, 'x', await tgzOf(files)),
    tempFile(t, 'x', zipOf(files)),
  ];
  for (const path of paths) {
    const {snapshot, notes} = await loadSnapshotFrom(path, {limits});
    const {nodes, pods} = snapshot.evidence;
    t.deepEqual(nodes?.ok && nodes.value.map(n => n.metadata.name), ['a']);
    t.is(nodes?.ok && nodes.partial?.reason, 'failed');
    t.true(pods?.ok && !pods.partial);
    t.regex(notes.join('\n'), /^nodes\.json: only the first 110 bytes of it were read/);
  }
});

test("control characters of strangers' names are shown, not obeyed", async t => {
  const root = writeTree(
    tempDir(t),
    new Map([
      ['a\u001b[31mred\nline', 'x'],
      ['b', 'y'],
    ]),
  );
  const error = await t.throwsAsync(loadSnapshotFrom(root));
  t.true(error?.message.includes(String.raw`a\x1b[31mred\nline, b`), error?.message);
});

test('one file of objects is read, plain or gzipped', async t => {
  const nodes = dump.get('cluster-resources/nodes.json') ?? '';
  const plain = await loadSnapshotFrom(tempFile(t, 'nodes.txt', nodes));
  const packed = await loadSnapshotFrom(tempFile(t, 'nodes.json.gz', gzipSync(nodes)));
  t.is(plain.layout, 'objects');
  t.deepEqual(plain.snapshot.evidence.nodes, healthy().snapshot().evidence.nodes);
  t.deepEqual(packed.snapshot.evidence.nodes, plain.snapshot.evidence.nodes);
});

test('names in a zip archive may be CP437', async t => {
  const pods = dump.get('cluster-resources/pods/shop.json') ?? '';
  const rawName = Buffer.concat([Buffer.from('gepr\x81ft/pods.json', 'latin1')]);
  const path = tempFile(t, 'x.zip', zipOf(new Map([['p', pods]]), new Map([['p', {rawName}]])));
  const {snapshot} = await loadSnapshotFrom(path);
  t.true(snapshot.evidence.pods?.ok);
});

test('links inside a directory are followed to files in it, and nowhere else', async t => {
  const outside = tempFile(
    t,
    'secret.json',
    JSON.stringify({kind: 'Node', apiVersion: 'v1', metadata: {name: 'out'}}),
  );
  const root = writeTree(
    tempDir(t),
    new Map([['a/nodes.json', dump.get('cluster-resources/nodes.json') ?? '']]),
  );
  symlinkSync('a/nodes.json', join(root, 'again.json'));
  symlinkSync(outside, join(root, 'out.json'));
  symlinkSync('..', join(root, 'a', 'up'));
  execFileSync('mkfifo', [join(root, 'pipe.json')]);
  const {snapshot, notes} = await loadSnapshotFrom(root);
  t.deepEqual(snapshot.evidence.nodes?.ok && snapshot.evidence.nodes.value.map(n => n.metadata.name), [
    'linux-0',
    'win-1',
    'win-2',
  ]);
  t.deepEqual(notes, [`${root} has 3 links or special files that were left out`]);
});

test('troubleshoot puts relative links into its archives, and they do no harm', async t => {
  const link = {
    name: 'support-bundle-1/x.yaml',
    type: 'symlink',
    linkname: '../support-bundle-1/x.json',
  } as const;
  const path = tempFile(t, 'x', await tgzOf(troubleshootDump(healthy().objects), [link]));
  const {layout, notes} = await loadSnapshotFrom(path);
  t.is(layout, 'troubleshoot');
  t.deepEqual(notes, [`${path} has a link or special file that was left out`]);
});

test('objects of a must-gather keep the colons of their names', async t => {
  const role =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:node\n';
  const file = 'mg/cluster-scoped-resources/rbac.authorization.k8s.io/clusterroles/system:node.yaml';
  const {snapshot, layout} = await loadSnapshotFrom(tempFile(t, 'x', await tarOf(new Map([[file, role]]))));
  t.is(layout, 'must-gather');
  t.deepEqual(
    snapshot.evidence.clusterRoles?.ok && snapshot.evidence.clusterRoles.value.map(r => r.metadata.name),
    ['system:node'],
  );
});

test('what is no capture is named with what is in it', async t => {
  const root = writeTree(
    tempDir(t),
    new Map([
      ['a.txt', 'hello'],
      ['b.bin', '\0\0'],
    ]),
  );
  const error = await t.throwsAsync(loadSnapshotFrom(root), {name: 'UserError'});
  t.is(
    error?.message,
    `${root} is no capture that can be read: none of its 2 files (a.txt, b.bin) holds Kubernetes objects`,
  );
  await t.throwsAsync(loadSnapshotFrom(tempDir(t)), {message: /it has no files/});
  await t.throwsAsync(loadSnapshotFrom(join(root, 'nothing')), {
    message: /there is no such file or directory/,
  });
  const secret = tempFile(t, 's.yaml', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n');
  await t.throwsAsync(loadSnapshotFrom(secret), {message: /of no kind that is looked at \(Secret\)/});
  const xz = tempFile(t, 'x.tar.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0]));
  await t.throwsAsync(loadSnapshotFrom(xz), {message: /packed by xz/});
});

test('reading writes nothing', async t => {
  const root = tempDir(t);
  mkdirSync(join(root, 'cwd'));
  writeFileSync(join(root, 'b.tgz'), await tgzOf(nested));
  const before = process.cwd();
  process.chdir(join(root, 'cwd'));
  try {
    await loadSnapshotFrom('../b.tgz');
  } finally {
    process.chdir(before);
  }
  t.deepEqual(readdirSync(root).toSorted(), ['b.tgz', 'cwd']);
});
