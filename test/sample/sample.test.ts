import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {loadSnapshotFrom} from '../../plugin/capture/load.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';

const root = join(import.meta.dirname, '..', '..', 'plugin', 'sample');

test('the sample capture is what test/sample makes', t => {
  const main = join(import.meta.dirname, 'main.ts');
  t.notThrows(() => execFileSync(process.execPath, [main, '--check'], {stdio: 'pipe'}));
});

test('the sample capture is small', t => {
  const files = readdirSync(root, {recursive: true, withFileTypes: true, encoding: 'utf8'}).filter(
    f => f.isFile() && /\.(json|yaml)$/.test(f.name),
  );
  const bytes = files.map(f => readFileSync(join(f.parentPath, f.name)).length);
  t.true(bytes.reduce((a, b) => a + b, 0) <= 200 * 1024);
});

test('each fault of the sample is found', async t => {
  const {snapshot, layout, notes} = await loadSnapshotFrom(root);
  t.is(layout, 'kubectl-win');
  t.deepEqual(notes, []);
  const found = new Set(judge(snapshot, CHECKS).fails.map(f => f.check.id));
  for (const id of [
    'ADV001',
    'NOD001',
    'IMG001',
    'IDN002',
    'STO001',
    'KBL001',
    'KBL003',
    'SCH003',
    'SCH015',
  ]) {
    t.true(found.has(id), id);
  }
});
