import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {writeArchive} from '../../../plugin/bundle/archive.ts';
import {diskFault} from '../../../plugin/bundle/disk-fault.ts';
import {readJournal} from '../../../plugin/bundle/journal.ts';
import {stateOf, tidyPartials} from '../../../plugin/bundle/partial.ts';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {archiveFor} from '../../../plugin/services/bundle/begin.ts';
import {UserError} from '../../../plugin/errors.ts';
import {orFullDisk} from '../../../plugin/services/bundle/full-disk.ts';
import {writeOwnFiles} from '../../../plugin/services/bundle/finish.ts';
import type {Resumed} from '../../../plugin/services/bundle/resume.ts';
import {archiveOf, resume} from '../../../plugin/services/bundle/resume.ts';
import {tempDir} from '../../helpers/archives.ts';

/** No process has it: it is larger than any that Linux gives. */
const NOBODY = 2 ** 22 + 1;
const NODE = 'host-collectors/win-1/windows/system.json';
const LOG = 'cluster-resources/pods/logs/shop/web-0/web.log';
const {signal} = new AbortController();
const source = 'test';

/** A collection that was half done: a node and a log are whole, another log is not. */
function begun(t: ExecutionContext, at = Date.now()): Spool {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  spool.file('cluster-resources/nodes.json', '{}', {source});
  spool.file(NODE, '{"password":"x y z"}', {source});
  spool.whole({kind: 'node', name: 'win-1', at}, [NODE]);
  spool.append(LOG, 'line\n', {source});
  spool.whole({kind: 'log', name: LOG, at}, [LOG]);
  spool.append(LOG.replace('web-0', 'web-1'), 'half a li', {source});
  return spool;
}

let kills = 0;

/** As an end by force leaves it: its process is gone. */
function killed({root}: Spool, started = Date.now()): string {
  const state = {...stateOf(root), pid: NOBODY, started};
  writeFileSync(join(root, 'state.json'), JSON.stringify(state));
  const left = `${root.replace(/\.[\d-]+\.partial$/, '')}.${NOBODY + kills++}.partial`;
  renameSync(root, left);
  return left;
}

async function resumed(t: ExecutionContext, path: string): Promise<Resumed> {
  const made = await resume(path, {archive: archiveOf(path), rules: undefined, signal});
  t.teardown(() => made.spool.close());
  return made;
}

test('what was whole is gone on with, and what was half done is read again', async t => {
  const left = killed(begun(t));
  const {spool, nodes, logs} = await resumed(t, left);
  t.deepEqual([...nodes], ['win-1']);
  t.deepEqual([...logs.keys()], [LOG]);
  t.deepEqual(spool.paths(), [LOG, NODE]);
  t.deepEqual(
    readdirSync(spool.folder, {recursive: true, withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => entry.name)
      .toSorted(),
    ['system.json', 'web.log'],
  );
  t.deepEqual(spool.redactions(), [{rule: 'setting', file: NODE, count: 1}]);
  t.false(existsSync(left));
  // Whoever is killed a second time loses nothing either.
  const again = await resumed(t, killed(spool));
  t.deepEqual([...again.nodes], ['win-1']);
});

test('a node is of use for five minutes and a log for an hour', async t => {
  const six = await resumed(t, killed(begun(t, Date.now() - 6 * 60_000)));
  t.deepEqual([six.nodes.size, six.logs.size], [0, 1]);
  const hours = await resumed(t, killed(begun(t, Date.now() - 2 * 3_600_000)));
  t.deepEqual([hours.nodes.size, hours.logs.size, hours.spool.paths().length], [0, 0, 0]);
});

test('a file that is another than the one that was read is read again', async t => {
  const spool = begun(t);
  writeFileSync(join(spool.folder, NODE), '{}');
  const {nodes, logs} = await resumed(t, killed(spool));
  t.deepEqual([nodes.size, logs.size], [0, 1]);
});

test('an archive of a collection that was stopped is gone on with; its gaps say what is not whole', async t => {
  const spool = begun(t);
  spool.file('host-collectors/win-1/windows/collection.json', '[]', {source});
  spool.file('host-collectors/win-2/windows/collection.json', '[]', {source});
  const archive = join(dirname(spool.root), 'b.tar.gz');
  const stopped = {reason: 'failed', detail: 'stopped'};
  const missing = [
    {what: 'node.agent', node: 'win-2', ...stopped},
    {what: LOG.replace('web-0', 'web-1'), ...stopped, partial: true},
  ];
  const time = new Date();
  writeOwnFiles({spool, archive, time: time.toISOString(), cluster: 'x', missing, version: undefined});
  await writeArchive(spool, {archive, time});
  spool.close();
  const {spool: next, nodes, logs} = await resumed(t, archive);
  t.deepEqual([...nodes], ['win-1']);
  t.deepEqual([...logs.keys()], [LOG]);
  t.deepEqual(next.paths(), [LOG, 'host-collectors/win-1/windows/collection.json', NODE]);
});

test('a collection that is under way is let alone, and what is none is told', async t => {
  const spool = begun(t);
  t.teardown(() => spool.close());
  await t.throwsAsync(resumed(t, spool.root), {message: /process \d+ on .* is still at it/});
  await t.throwsAsync(resumed(t, tempDir(t)), {message: /is no folder of an interrupted collection/});
  await t.throwsAsync(async () => resumed(t, '/nowhere'), {message: /there is no such file or folder/});
});

test('what has pseudonyms cannot be gone on with: their key is kept nowhere', async t => {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  const archive = join(dirname(spool.root), 'b.tar.gz');
  spool.append(LOG, 'x\n', {source, counts: new Map([['pseudonym-name', 1]])});
  const time = new Date();
  writeOwnFiles({spool, archive, time: time.toISOString(), cluster: 'x', missing: [], version: undefined});
  await writeArchive(spool, {archive, time});
  spool.close();
  await t.throwsAsync(resumed(t, archive), {message: /its pseudonyms were made with a key/});
});

test('the next run clears away what dead processes have left, but for what can be gone on with for a day', t => {
  const spool = begun(t);
  const archive = join(dirname(spool.root), 'b.tar.gz');
  const useful = killed(spool);
  const empty = new Spool(archive);
  const old = new Spool(archive);
  const running = new Spool(archive);
  t.teardown(() => running.close());
  mkdirSync(join(dirname(archive), 'mine.partial'));
  killed(empty);
  old.whole({kind: 'log', name: LOG, at: 0}, []);
  killed(old, Date.now() - 25 * 3_600_000);
  t.deepEqual(tidyPartials(archive), [useful]);
  t.deepEqual(
    readdirSync(dirname(archive)).toSorted(),
    [basename(running.root), basename(useful), 'mine.partial'].toSorted(),
  );
});

test('a full disk is met once, told in one line, and loses nothing that was whole', t => {
  const spool = begun(t);
  t.teardown(() => spool.close());
  let calls = 0;
  spool.disk.onFull(() => calls++);
  symlinkSync('/dev/full', join(spool.folder, 'full.log'));
  t.true(existsSync(join(spool.root, 'reserve')));
  const fault = t.throws(() => spool.append('full.log', 'x', {}));
  t.is(diskFault(fault), 'no space is left on the disk');
  t.throws(() => spool.append('other.log', 'x', {}), {is: fault});
  t.is(calls, 1);
  t.false(existsSync(join(spool.root, 'reserve')));
  const told = t.throws(
    () => {
      throw orFullDisk(fault, spool, 'b.tar.gz');
    },
    {instanceOf: UserError},
  );
  t.is(told.message, 'b.tar.gz cannot be written: no space is left on the disk');
  t.regex(told.fix[0] ?? '', /make room, then `kubectl win bundle --resume .*\.partial`/);
  spool.close();
  t.true(existsSync(spool.root));
  t.is(readJournal(readFileSync(join(spool.root, 'journal.jsonl'), 'utf8')).length, 2);
});

test('a journal is read as far as it goes', t => {
  const unit = {kind: 'log', name: 'a', at: 1, files: []};
  const text = `${JSON.stringify(unit)}\n{"kind":"log"}\n${JSON.stringify(unit).slice(0, 20)}`;
  t.deepEqual(readJournal(text), [unit as never]);
});

test('what is to be encrypted leaves nothing to go on with, and goes with the next collection', async t => {
  const archive = join(tempDir(t), 'b.tar.gz.age');
  const spool = new Spool(archive, {isEncrypted: true});
  spool.file(NODE, '{}', {source});
  spool.whole({kind: 'node', name: 'win-1', at: Date.now()}, [NODE]);
  t.deepEqual(readdirSync(spool.root).toSorted(), ['b', 'reserve', 'state.json']);
  t.false(spool.keep());
  const left = killed(spool);
  await t.throwsAsync(resume(left, {archive, signal}), {message: /its archive was to be encrypted/});
  t.deepEqual(tidyPartials(archive), []);
  t.false(existsSync(left));
});

test('a bundle is gone on with as one that is encrypted, under a name that says so', async t => {
  const spool = begun(t);
  const left = killed(spool);
  t.is(archiveFor({resume: left, encrypt: ['age1x']}, new Date()), `${archiveOf(left)}.age`);
  const made = await resume(left, {archive: `${archiveOf(left)}.age`, isEncrypted: true, signal});
  t.teardown(() => made.spool.close());
  t.deepEqual([...made.nodes], ['win-1']);
  t.false(existsSync(join(made.spool.root, 'journal.jsonl')));
});

test('a folder that a stranger has prepared leads nowhere: no links are followed, no paths out of it taken', async t => {
  const spool = begun(t);
  const outside = join(tempDir(t), 'outside.json');
  writeFileSync(outside, 'x');
  symlinkSync(outside, join(spool.folder, 'cluster-resources/pvs.json'));
  symlinkSync(dirname(outside), join(spool.folder, 'linked'));
  const file = {path: '../../outside.json', bytes: 1, sha256: '0', source, tookMs: 1, redactions: []};
  const unit = {kind: 'node', name: 'win-2', at: Date.now(), files: [file]};
  writeFileSync(join(spool.root, 'journal.jsonl'), `${JSON.stringify(unit)}\n`, {flag: 'a'});
  const made = await resumed(t, killed(spool));
  t.deepEqual([...made.nodes], ['win-1']);
  made.spool.file('cluster-resources/pvs.json', '{}', {source});
  t.is(readFileSync(outside, 'utf8'), 'x');
  t.false(existsSync(join(made.spool.folder, 'linked')));
});
