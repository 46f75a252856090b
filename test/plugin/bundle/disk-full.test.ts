import {existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {appendWhole} from '../../../plugin/bundle/append.ts';
import {writeArchive} from '../../../plugin/bundle/archive.ts';
import {RESERVE, Reserve} from '../../../plugin/bundle/reserve.ts';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {tempDir} from '../../helpers/archives.ts';

const MIB = 1024 * 1024;
const source = 'test';

test('an archive whose files go while it is packed is the same, and leaves none of them', async t => {
  const folder = tempDir(t);
  const time = new Date(0);
  const archives = [];
  for (const frees of [false, true]) {
    mkdirSync(join(folder, String(frees)));
    const archive = join(folder, String(frees), 'b.tar.gz');
    const spool = new Spool(archive);
    t.teardown(() => spool.close());
    spool.file('empty.json', '', {source});
    spool.file('small.json', '{"a":1}', {source});
    // More than is held while it is packed.
    for (let n = 0; n < 18; n++) spool.append('large.log', Buffer.alloc(MIB, `line ${n}\n`), {source});
    await writeArchive(spool, {archive, time, frees});
    t.deepEqual(readdirSync(spool.folder), frees ? [] : ['empty.json', 'large.log', 'small.json']);
    archives.push(readFileSync(archive));
  }
  t.deepEqual(archives[0], archives[1]);
});

test('the room that is kept free grows with a bundle, is given back once, and then grows no more', t => {
  const folder = tempDir(t);
  const reserve = new Reserve(folder);
  const bytes = (): number => readFileSync(join(folder, RESERVE)).length;
  reserve.growFor(1);
  t.is(bytes(), 4 * MIB);
  reserve.growFor(80 * MIB);
  t.is(bytes(), 10 * MIB);
  t.true(reserve.release());
  t.false(existsSync(join(folder, RESERVE)));
  reserve.growFor(800 * MIB);
  t.false(existsSync(join(folder, RESERVE)));
  t.false(reserve.release());
});

test('what a full disk refuses is written in the room that was kept free, and that is told once', t => {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  const told: string[] = [];
  spool.disk.onFull(fault => told.push(fault));
  spool.file('a.json', '{}', {source});
  let refuses = true;
  const write = (): string => {
    if (!refuses) return 'written';
    refuses = false;
    throw Object.assign(new Error('full'), {code: 'ENOSPC'});
  };
  t.is(spool.disk.guarded(write), 'written');
  t.deepEqual(told, ['no space is left on the disk']);
  t.false(existsSync(join(spool.root, RESERVE)));
  refuses = true;
  t.throws(() => spool.disk.guarded(write), {message: 'full'});
  t.throws(() => spool.file('b.json', '{}', {source}), {message: 'full'}, 'then it is for good');
  t.deepEqual(spool.paths(), ['a.json']);
});

test('bytes that a disk does not take are not counted', t => {
  const folder = tempDir(t);
  symlinkSync('/dev/full', join(folder, 'full'));
  t.throws(() => appendWhole(join(folder, 'full'), Buffer.from('x')), {code: 'ENOSPC'});
  appendWhole(join(folder, 'file'), Buffer.from('one\n'));
  appendWhole(join(folder, 'file'), Buffer.from('two\n'));
  t.is(readFileSync(join(folder, 'file'), 'utf8'), 'one\ntwo\n');
});
