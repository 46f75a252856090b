import {existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {buildOnce} from '../../../scripts/cache/build-once.ts';
import {forgetOld} from '../../../scripts/cache/forget-old.ts';
import {tempDir} from '../../helpers/archives.ts';

const said: string[] = [];
const say = (line: string): void => void said.push(line);

test('of several builders at once one builds, and all get the whole folder', async t => {
  const folder = join(tempDir(t), 'cache', 'thing-1');
  let builds = 0;
  const make = async (half: string): Promise<void> => {
    builds++;
    await sleep(50);
    writeFileSync(join(half, 'file'), 'whole');
  };
  const paths = await Promise.all([1, 2, 3].map(() => buildOnce(folder, {what: 'a thing', say, make})));
  t.deepEqual(paths, [folder, folder, folder]);
  t.is(builds, 1);
  t.is(readFileSync(join(folder, 'file'), 'utf8'), 'whole');
  t.deepEqual(readdirSync(join(folder, '..')), ['thing-1']);
});

test('a build that fails leaves nothing, and the next one starts anew', async t => {
  const folder = join(tempDir(t), 'thing-1');
  const fails = buildOnce(folder, {what: 'a thing', say, make: () => Promise.reject(new Error('no disk'))});
  await t.throwsAsync(fails, {message: 'no disk'});
  t.deepEqual(readdirSync(join(folder, '..')), []);
  await buildOnce(folder, {what: 'a thing', say, make: async () => await Promise.resolve()});
  t.true(existsSync(folder));
});

test('the lock and the half of a builder that was killed are taken over', async t => {
  const folder = join(tempDir(t), 'thing-1');
  writeFileSync(`${folder}.lock`, JSON.stringify({pid: process.pid, startTime: 'another'}));
  mkdirSync(`${folder}.half-abc`);
  await buildOnce(folder, {what: 'a thing', say, make: async () => await Promise.resolve()});
  t.deepEqual(readdirSync(join(folder, '..')), ['thing-1']);
});

test('old builds of the same kind are forgotten but for the last used; what is young or of another kind stays', t => {
  const cache = tempDir(t);
  const make = (name: string, hoursAgo: number): string => {
    const path = join(cache, name);
    mkdirSync(path);
    const time = new Date(Date.now() - hoursAgo * 3_600_000);
    utimesSync(path, time, time);
    return path;
  };
  const used = make('windows-amd64-aa', 9);
  for (const [name, hours] of [
    ['windows-amd64-bb', 2],
    ['windows-amd64-cc', 3],
    ['windows-amd64-dd', 0],
    ['linux-amd64-ee', 9],
    ['windows-amd64-ff.half-x', 9],
  ] as const)
    make(name, hours);
  forgetOld(used, 2);
  t.deepEqual(readdirSync(cache).toSorted(), [
    'linux-amd64-ee',
    basename(used),
    'windows-amd64-dd',
    'windows-amd64-ff.half-x',
  ]);
});
