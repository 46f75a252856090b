import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {buildOnce} from '../cache/build-once.ts';
import {cacheRoot} from '../cache/places.ts';
import {AGENT_TARGETS, DESK_TARGETS, TARGETS, isAgentPlatform} from './targets.ts';
import type {Platform, Target} from './targets.ts';

const root = join(import.meta.dirname, '..', '..');
const PIN_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** Apart, because who builds an agent's image should not have to fetch what it never runs on. */
const SETS = {
  agent: {name: 'the agent', pins: join(root, 'windows', 'runtime'), targets: AGENT_TARGETS},
  desk: {name: 'desks', pins: join(root, 'scripts', 'release', 'runtime'), targets: DESK_TARGETS},
} as const;

/** What an executable carries beside our own script. */
export interface Runtime {
  /** Version of Node.js, `22.23.3`. */
  readonly version: string;
  /** A home folder in which pkg finds everything that it would download. */
  readonly home: string;
  /** Path of koffi's native part; only the agent's platforms have one. */
  readonly addon: string;
}

/** Fetches the Node.js (and for the agent koffi) of a platform by npm, once; lockfile hashes guard them. */
export async function runtime(platform: Platform, say: (line: string) => void): Promise<Runtime> {
  const {name, pins, targets} = isAgentPlatform(platform) ? SETS.agent : SETS.desk;
  const all: Readonly<Record<string, Target>> = targets;
  const target = all[platform];
  if (!target) throw new Error(`no runtime for ${platform}`);
  const pinned = PIN_FILES.map(file => readFileSync(join(pins, file), 'utf8'));
  // Ours, checked in beside the code.
  const {dependencies} = JSON.parse(pinned[0] ?? '') as {dependencies: Record<string, string>};
  const versionOf = ({node}: Target): string => dependencies[node.from] ?? '';
  // pkg makes a part of a program by the builder's own Node.js, which must be of the same version.
  const offered = Object.values(TARGETS).filter(({node}) => Object.hasOwn(dependencies, node.from));
  const key = createHash('sha256').update(pinned.join('\0')).digest('hex').slice(0, 16);
  const home = await buildOnce(join(cacheRoot, 'agent', `runtime-${key}`), {
    what: `the runtime of ${name} (Node.js for ${Object.keys(all).join(', ')}; fetched by npm, once)`,
    say,
    make: async folder => {
      for (const file of PIN_FILES) copyFileSync(join(pins, file), join(folder, file));
      fetchByNpm(folder);
      for (const one of offered) offerToPkg(folder, {target: one, version: versionOf(one)});
    },
  });
  return {version: versionOf(target), home, addon: join(home, 'node_modules', addonOf(target))};
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
      `npm could not fetch the pinned Node.js: ${stderr.trim().split('\n').slice(0, 3).join('; ')}`,
    );
}

/**
 * Lays a Node.js where pkg looks for what it downloaded and unpacked itself: the archive (never opened, as its contents are
 * marked as unpacked), the program, and the two marks.
 */
function offerToPkg(folder: string, {target, version}: {target: Target; version: string}): void {
  const {pkg, arch, from} = target.node;
  const cache = join(folder, '.pkg-cache', 'sea');
  const name = `node-v${version}-${pkg === 'macos' ? 'darwin' : pkg}-${arch}`;
  const archive = join(cache, `${name}.${pkg === 'win' ? 'zip' : 'tar.gz'}`);
  const program = pkg === 'win' ? join(cache, `${name}.exe`) : join(cache, name, 'bin', 'node');
  mkdirSync(dirname(program), {recursive: true});
  for (const mark of [archive, `${archive}.ok`, `${program}.ok`]) writeFileSync(mark, '');
  const up = pkg === 'win' ? '../..' : '../../../..';
  symlinkSync(join(up, 'node_modules', from, 'bin', `node${target.extension}`), program);
}

function addonOf({node: {platform, arch}}: Target): string {
  return join('@koromix', `koffi-${platform}-${arch}`, `${platform}_${arch}`, 'koffi.node');
}
