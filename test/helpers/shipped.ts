import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {forgetOld} from '../../scripts/cache/forget-old.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';
import {buildDist, distKey} from '../../scripts/programs/dist.ts';

/** Builds that stay in the cache: each has 9 MB. */
const KEPT = 8;

let built: Promise<string> | undefined;

/**
 * The program's first script as it ships, of the sources as they are. It starts in a quarter of the time that the sources take, and what only goes wrong
 * in a build is seen.
 */
export function shipped(): Promise<string> {
  built ??= build();
  return built;
}

/** Not into `dist`, which other processes replace. */
async function build(): Promise<string> {
  const folder = await buildOnce(join(cacheRoot, 'shipped', `dist-${distKey().slice(0, 16)}`), {
    what: 'the plugin as it ships',
    say: () => undefined,
    make: async half => {
      writeFileSync(join(half, 'package.json'), JSON.stringify({type: 'module'}));
      mkdirSync(join(half, 'dist'));
      await buildDist(join(half, 'dist'));
    },
  });
  forgetOld(folder, KEPT);
  return join(folder, 'dist', 'main.js');
}
