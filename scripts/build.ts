/**
 * Builds what ships into `dist`. The build is skipped where the sources have not changed; `--quiet` then says nothing.
 */
import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildDist, distKey} from './programs/dist.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stamp = join(root, 'build', 'dist-hash');

const key = distKey();
if (existsSync(join(dist, 'main.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key)
  process.exit(0);

const half = join(root, 'build', `dist-${process.pid}`);
const {files, bytes} = await buildDist(half).catch(() => {
  // esbuild has printed the file, the line and the reason; what was built before stays.
  rmSync(half, {recursive: true, force: true});
  process.exit(1);
});
rmSync(dist, {recursive: true, force: true});
renameSync(half, dist);
writeFileSync(stamp, key);
if (!process.argv.includes('--quiet')) console.log(`dist: ${files} files, ${Math.round(bytes / 1024)} KiB`);
