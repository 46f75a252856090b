import test from 'ava';
import * as fc from 'fast-check';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {UserError} from '../../../plugin/errors.ts';
import {tarOf, tempDir, tempFile, tgzOf, writeTree, zipOf} from '../../helpers/archives.ts';
import {healthy} from '../../helpers/cluster.ts';
import {troubleshootDump} from '../../helpers/dump.ts';

const dump = troubleshootDump(healthy().objects);
const whole = healthy().snapshot().evidence;

for (const [kind, make] of Object.entries({tar: tarOf, tgz: tgzOf, zip: zipOf})) {
  test(`a ${kind} archive that is cut keeps what was whole and says that the rest is missing`, async t => {
    const bytes = await make(dump);
    for (const share of [0.4, 0.7, 0.9]) {
      const path = tempFile(t, 'cut', bytes.subarray(0, Math.floor(bytes.length * share)));
      const {snapshot, notes, layout} = await loadSnapshotFrom(path);
      t.is(layout, 'troubleshoot');
      t.true(notes.some(n => n.includes('is damaged or cut short')));
      const {roles, configMaps, pods} = snapshot.evidence;
      t.false(roles?.ok && !roles.partial, 'what stands behind the cut is no whole list');
      t.true(configMaps?.ok && configMaps.partial?.reason === 'failed', 'what was read is partial');
      if (pods?.ok && whole.pods?.ok) {
        const names = new Set(whole.pods.value.map(p => p.metadata.name));
        t.true(pods.value.every(p => names.has(p.metadata.name)));
      }
    }
  });
}

test('an archive with a byte changed anywhere never crashes', async t => {
  const archives = [await tarOf(dump), await tgzOf(dump), zipOf(dump)];
  const root = tempDir(t);
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...archives),
      fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(255)), {minLength: 1, maxLength: 4}),
      async (archive, changes) => {
        const bytes = Buffer.from(archive);
        for (const [at, byte] of changes) bytes[Math.floor(at * (bytes.length - 1))] = byte;
        const path = `${root}/${n++}`;
        writeTree(root, new Map([[path.slice(root.length + 1), bytes]]));
        try {
          const {snapshot} = await loadSnapshotFrom(path);
          t.is(snapshot.schema, 1);
        } catch (error) {
          t.true(error instanceof UserError, String(error));
        }
      },
    ),
    {numRuns: 60},
  );
});

test('a directory of junk never crashes', async t => {
  const name = fc
    .array(
      fc.constantFrom(
        'cluster-resources',
        'pods',
        'nodes.json',
        'kubectl-win',
        'manifest.json',
        'namespaces',
        'core',
        'x.yaml',
        'pods.json',
        'replication-controllers.json',
        'version.yaml',
        '__proto__',
        'constructor',
        'ä b',
        'timestamp',
      ),
      {minLength: 1, maxLength: 4},
    )
    .map(parts => parts.join('/'));
  const content = fc.oneof(
    fc.uint8Array({maxLength: 200}),
    fc.json().map(text => Buffer.from(text)),
    fc
      .constantFrom(
        '{"kind":"List","items":[null,1,[],{"kind":"Pod","metadata":null}]}',
        '{"apiVersion":"v1","kind":"Pod","metadata":{"name":1},"spec":[]}',
        '{"__proto__":{"x":1},"apiVersion":"v1","kind":"Node","metadata":{"name":"__proto__"}}',
        'apiVersion: v1\nkind: Pod\nmetadata: &a\n  name: *a\n',
        'items:\n- a\n- - b\nkind: PodList\n',
        '[[[[[[{}]]]]]]',
        '{"items":{"items":[{"items":[]}]}}',
        'null',
      )
      .map(text => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, content, {maxKeys: 8}), async tree => {
      const root = tempDir(t);
      for (const [path, bytes] of Object.entries(tree)) {
        try {
          writeTree(root, new Map([[path, bytes]]));
        } catch {
          // A file stands where a folder is wanted, or the other way round.
        }
      }
      try {
        t.is((await loadSnapshotFrom(root)).snapshot.schema, 1);
      } catch (error) {
        t.true(error instanceof UserError, String(error));
      }
    }),
    {numRuns: 150},
  );
});
