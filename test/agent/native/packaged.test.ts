import {spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';
import {buildProgram} from '../../../scripts/programs/program.ts';
import {tempDir} from '../../helpers/archives.ts';
import {packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';

const ENTRY = 'test/agent/programs/ffi.ts';
const forLinux = () =>
  buildProgram({platform: 'linux/amd64', entry: ENTRY, say: line => console.error(line)});

test('a packaged program calls kernel32 through koffi on Windows', async t => {
  const prefix = await winePrefix(t);
  const {code, stdout, stderr} = await runExe(prefix, [], {exe: await packagedExe(ENTRY)});
  t.is(code, 0, stderr);
  const answer = JSON.parse(stdout) as {platform: string; ticks: number};
  t.is(answer.platform, 'win32');
  t.true(answer.ticks > 0);
});

test('a packaged program calls libc through koffi on Linux', async t => {
  const {path} = await forLinux();
  const {status, stdout} = spawnSync(path, {encoding: 'utf8', env: {}});
  t.is(status, 0);
  t.is((JSON.parse(stdout) as {platform: string}).platform, 'linux');
});

test('alone, a program writes its native part beside itself, once, and nowhere else', async t => {
  const folder = tempDir(t);
  const home = tempDir(t);
  const program = join(folder, 'agent');
  copyFileSync((await forLinux()).path, program);
  const run = () => spawnSync(program, {encoding: 'utf8', env: {HOME: home}});
  t.is(run().status, 0);
  const native = readdirSync(folder).filter(name => name !== 'agent');
  t.is(native.length, 1);
  const addon = join(folder, native[0] ?? '');
  const before = statSync(addon);
  t.is(run().status, 0);
  t.is(statSync(addon).ino, before.ino);
  t.deepEqual(readdirSync(home), []);
});

test('a native part that somebody changed is replaced, never loaded', async t => {
  const folder = tempDir(t);
  const program = join(folder, 'agent');
  const {path, addon = ''} = await forLinux();
  copyFileSync(path, program);
  const planted = join(folder, addon.slice(addon.lastIndexOf('/') + 1));
  writeFileSync(planted, 'not a library');
  t.is(spawnSync(program, {env: {}}).status, 0);
  t.is(statSync(planted).size, statSync(addon).size);
});

test('the native part that an image brings along is used, and nothing is written', async t => {
  const cache = join(tempDir(t), 'cache');
  const {path} = await forLinux();
  t.is(spawnSync(path, {env: {PKG_NATIVE_CACHE_PATH: cache}}).status, 0);
  t.false(existsSync(cache));
});

test('a program that is alone unpacks into the folder that PKG_NATIVE_CACHE_PATH names', async t => {
  const program = join(tempDir(t), 'agent');
  const cache = join(tempDir(t), 'cache');
  copyFileSync((await forLinux()).path, program);
  t.is(spawnSync(program, {env: {PKG_NATIVE_CACHE_PATH: cache}}).status, 0);
  t.is(readdirSync(cache).length, 1);
  t.deepEqual(readdirSync(dirname(program)), ['agent']);
});

test('where it cannot write, a program says which variable names another folder', async t => {
  const program = join(tempDir(t), 'agent');
  copyFileSync((await forLinux()).path, program);
  const {status, stderr} = spawnSync(program, {
    encoding: 'utf8',
    env: {PKG_NATIVE_CACHE_PATH: join(program, 'below-a-file')},
  });
  t.not(status, 0);
  t.regex(stderr, /PKG_NATIVE_CACHE_PATH/);
});
