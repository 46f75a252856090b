import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import ava from 'ava';
import {tempDir, tgzOf} from '../helpers/archives.ts';
import {hostileArchives} from '../helpers/hostile/archives.ts';
import {hostileBundles} from '../helpers/hostile/contents.ts';
import type {Outcome} from '../helpers/hostile/run.ts';
import {runHostile} from '../helpers/hostile/run.ts';

// One process at a time: each takes a core, and memory that is measured.
const test = ava.serial;
const MIB = 2 ** 20;
/** The program from its sources, which are compiled on the way, its heap, and a few files of 16 MiB as they are redacted. */
const MOST = 900 * MIB;
const OWN_BUG = 70;

test('archives with hostile names, links, devices and sizes are refused or read by every command, in bounded memory', async t => {
  t.timeout(600_000);
  const folder = tempDir(t);
  const all = hostileArchives();
  const pathOf = new Map([...all.keys()].map((title, i) => [title, join(folder, String(i))]));
  for (const [title, {bytes}] of all) writeFileSync(pathOf.get(title) ?? '', bytes);
  const run = await runHostile(
    t,
    [...all].map(([title, {isVariant = false}]) => ({path: pathOf.get(title) ?? '', few: isVariant})),
  );
  const faults = [...all].flatMap(([title, {refused, told}]) =>
    run.outcomes
      .filter(({path}) => path === pathOf.get(title))
      .flatMap(({command, exit, said}: Outcome): string[] => {
        const wanted = refused ?? (command === 'bundle serve' ? told : undefined);
        const isRight = wanted ? wanted.test(said) : !said.includes('is refused');
        return exit !== OWN_BUG && isRight ? [] : [`${title}: ${command}: ${exit} ${said.slice(0, 800)}`];
      }),
  );
  t.deepEqual(faults, []);
  t.deepEqual(readdirSync(run.folder), [], 'nothing is written but what was asked for');
  t.true(run.peak < MOST, `${Math.round(run.peak / MIB)} MiB`);
});

test('bundles with hostile contents are read by every command, in bounded memory', async t => {
  t.timeout(600_000);
  const folder = tempDir(t);
  const all = [...hostileBundles()].map(([title, files], i) => ({
    title,
    files,
    path: join(folder, String(i)),
  }));
  for (const {path, files} of all) writeFileSync(path, await tgzOf(files));
  const run = await runHostile(
    t,
    all.map(({path}) => ({path, few: false})),
  );
  const faults = run.outcomes
    .filter(({exit}) => exit === OWN_BUG)
    .map(
      ({path, command, said}) =>
        `${all.find(b => b.path === path)?.title}: ${command}: ${said.slice(0, 800)}`,
    );
  t.deepEqual(faults, []);
  t.deepEqual(readdirSync(run.folder), [], 'nothing is written but what was asked for');
  t.true(run.peak < MOST, `${Math.round(run.peak / MIB)} MiB`);
});
