import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import {join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';

/** Wine's programs as Debian installs them; they are not on the PATH. */
const WINE = '/usr/lib/wine/wine64';
const WINESERVER = '/usr/lib/wine/wineserver64';
/** In which folder of `/tmp` the server of a prefix has its socket: Debian's Wine writes it into the prefix. */
const SERVER_MARK = 'wineserver';

/** The path of `wine64`. Without it tests fail and say how to get it. */
export function wine(): string {
  if (!existsSync(WINE)) throw new Error('Wine is missing: run scripts/test-packages, which installs wine64');
  return WINE;
}

/** Environment of every program under Wine: nothing of the user's. */
export function wineEnv(prefix: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin',
    HOME: prefix,
    LANG: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Wine has one that says nothing and prefers it to a file of that name in system32.
    WINEDLLOVERRIDES: 'wevtutil.exe=n,b',
    // Wine calls itself Windows 10 but lacks the build number that Node.js asks for.
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
}

/** A prefix as `wineboot` makes it, made once for each version of Wine. Nothing runs in it. */
export async function wineTemplate(): Promise<string> {
  const version = spawnSync(wine(), ['--version'], {encoding: 'utf8', env: wineEnv('/nonexistent')}).stdout;
  const key = createHash('sha256').update(version).digest('hex').slice(0, 16);
  const folder = await buildOnce(join(cacheRoot, 'wine', key), {
    what: 'a Windows for Wine (seconds, once)',
    say: line => console.error(line),
    make: async half => {
      const prefix = join(half, 'prefix');
      mkdirSync(prefix);
      for (const args of [
        ['wineboot', '-i'],
        ['winecfg', '-v', 'win10'],
      ]) {
        const {status} = spawnSync(wine(), args, {env: wineEnv(prefix), stdio: 'ignore', timeout: 120_000});
        if (status !== 0) throw new Error(`wine64 ${args.join(' ')} failed with ${status}`);
      }
      endServer(prefix);
      await Promise.resolve();
    },
  });
  return join(folder, 'prefix');
}

/** A program to be run. */
interface Program {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
}

/**
 * Starts the server of a prefix in which none has run yet, and waits until it serves. Otherwise two programs that start at the same time
 * can each start one (with Debian's Wine one time in eight), and each sees a Windows without the other; later ones share the folder of the
 * first. `placed` says where it runs: the sockets of all programs are the server's.
 */
export function ensureServer(prefix: string, placed: (program: Program) => Program): void {
  if (existsSync(join(prefix, SERVER_MARK))) return;
  const {file, args, env} = placed({file: WINESERVER, args: [], env: wineEnv(prefix)});
  const {status} = spawnSync(file, args, {env, stdio: 'ignore', timeout: 60_000});
  if (status !== 0) throw new Error(`Wine's server did not start in ${prefix}: ${status}`);
}

/** Ends everything that runs in a prefix, and takes away the server's folder in `/tmp`. */
export function endServer(prefix: string): void {
  const mark = join(prefix, SERVER_MARK);
  // Nothing ever ran in it, or it was ended: asking a server that is not there would make a folder for it.
  if (!existsSync(mark)) return;
  const folder = readFileSync(mark, 'utf8').trim();
  for (const flag of ['-k', '-w']) {
    spawnSync(WINESERVER, [flag], {env: wineEnv(prefix), stdio: 'ignore', timeout: 20_000});
  }
  if (/^wine-\w+$/.test(folder)) rmSync(join('/tmp', folder), {recursive: true, force: true});
  rmSync(mark, {force: true});
}

/**
 * Copies a prefix in a few milliseconds: the 700 MB of system files become hard links where the file system allows (a test
 * that replaces one must unlink it first), the registry is copied, and the user's folders stay inside.
 */
export function copyPrefix(from: string, to: string): void {
  mkdirSync(to, {recursive: true});
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const stat = lstatSync(source);
    if (name === SERVER_MARK) continue;
    if (stat.isDirectory()) copyPrefix(source, target);
    else if (stat.isSymbolicLink()) copyLink(source, target);
    else if (name.endsWith('.reg')) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

/** Drives stay links. Wine links a user's folders (Documents) to the real home: those become folders. */
function copyLink(source: string, target: string): void {
  if (source.includes('/dosdevices/')) symlinkSync(readlinkSync(source), target);
  else mkdirSync(target);
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    // Another file system, or no more links to one file.
    if (!['EXDEV', 'EMLINK', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(source, target);
  }
}
