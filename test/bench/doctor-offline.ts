/** `doctor --from` the bundle of a whole fleet, with the state of every node in it. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {writeArchive} from '../../plugin/bundle/archive.ts';
import {NOW} from '../helpers/raw.ts';
import {withFleetBundle} from './parts/fleet-folder.ts';
import type {Run} from './parts/measure.ts';
import {Bounds, isFull, measure} from './parts/measure.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const NODES = isFull ? 1000 : 100;
/** Ten thousand in all, as issue 8 has them; load balancers are those of a large cluster. */
const PODS_OF_NODE = 10;
const MB = 1e6;
const bounds = new Bounds();

await withFleetBundle({nodes: NODES, podsOfNode: PODS_OF_NODE}, async ({path, bytes}) => {
  const root = mkdtempSync(join(tmpdir(), 'fleet-archive-'));
  const archive = join(root, 'fleet.tar.gz');
  await writeArchive(
    {root, folder: path, name: 'fleet', files: () => filesIn(path)},
    {archive, time: new Date(NOW)},
  );
  // As anyone packs what was unpacked before: nothing in it tells what is in it, so it is unpacked to be listed.
  const repacked = join(root, 'repacked.tar.gz');
  const packed = spawnSync('tar', ['-czf', repacked, '-C', path, '.'], {encoding: 'utf8'});
  if (packed.status !== 0) throw new Error(packed.stderr);
  bounds.note('bundle', bytes / MB, ' MB');
  // What ships: each of its threads would compile TypeScript first.
  const built = spawnSync(process.execPath, [join(PROJECT, 'scripts', 'build.ts'), '--quiet'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(built.stderr);
  const main = join(PROJECT, 'dist', 'main.js');
  const doctor = (from: string): Promise<Run> =>
    measure(process.execPath, [main, 'doctor', '--from', from, '-o', 'json']);
  const run = await doctor(archive);
  const again = await doctor(repacked);
  rmSync(root, {recursive: true});
  bounds.countAtMost('exit code', run.exitCode ?? 99, 1);
  bounds.atMost(`doctor --from the bundle of ${NODES} nodes`, run.ms / 1000, (15 * NODES) / 1000, ' s');
  bounds.note('peak memory', run.peak / MB, ' MB');
  bounds.note('doctor --from it, unpacked and packed by tar', again.ms / 1000, ' s');
});
bounds.conclude();

/** Files below a folder, by their paths. */
function filesIn(folder: string): {path: string; bytes: number}[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({path: relative(folder, file), bytes: statSync(file).size}))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
