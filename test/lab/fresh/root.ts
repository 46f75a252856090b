import {execFile, execFileSync} from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** What our Debian package asks for, and what these ask for in turn. */
const LIBRARIES = ['libc6', 'libstdc++6', 'libgcc-s1'];
/** What the commands of the README call, of busybox. */
const TOOLS = ['sh', 'env', 'cat', 'chmod', 'cp', 'gzip', 'id', 'ls', 'mkdir', 'mv', 'rm', 'tar', 'uname'];
const SUITE = 'bookworm';
/** Of the line that comes with Node.js 22. */
const NPM = 'npm@10.9.4';

/** With mounts and processes of its own, which are gone when it ends, however it ends. */
const APART = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child'];
/** `unshare` heeds no politer signal, and with it everything ends. */
const LIMITS = {killSignal: 'SIGKILL', maxBuffer: 2 ** 26} as const;
/** Of the machine a root has the devices; then what comes after its path runs in it. */
const ENTER = 'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; exec chroot "$@"';

/** What a run in a root left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes a folder the root of a machine that has a shell, C and C++ libraries and nothing more; dpkg knows of these. As root. */
export function bareRoot(root: string): void {
  for (const folder of [
    'usr/bin',
    'usr/lib',
    'usr/lib64',
    'usr/sbin',
    'usr/local/bin',
    'proc',
    'dev',
    'tmp',
    'root',
    'etc',
  ])
    mkdirSync(join(root, folder), {recursive: true});
  for (const folder of ['bin', 'lib', 'lib64', 'sbin']) symlinkSync(`usr/${folder}`, join(root, folder));
  for (const file of filesOf(LIBRARIES)) {
    if (existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(root, file)), {recursive: true});
    if (lstatSync(file).isSymbolicLink()) symlinkSync(readlinkSync(file), join(root, file));
    else cpSync(file, join(root, file));
  }
  put(root, '/bin/busybox', '/bin/busybox');
  for (const tool of TOOLS) symlinkSync('busybox', join(root, 'bin', tool));
  for (const folder of ['info', 'updates']) mkdirSync(join(root, 'var/lib/dpkg', folder), {recursive: true});
  writeFileSync(join(root, 'var/lib/dpkg/status'), execFileSync('dpkg-query', ['--status', ...LIBRARIES]));
}

/** Makes a folder the root of the smallest Debian that installs packages. As root; takes a minute and the archive. */
export async function debianRoot(root: string): Promise<void> {
  const args = [...APART, 'debootstrap', '--variant=minbase', SUITE, root];
  await run('unshare', args, {...LIMITS, timeout: 600_000});
}

/** Copies a program of this machine into a root, where it may be run. */
export function put(root: string, program: string, at: string): void {
  cpSync(program, join(root, at), {dereference: true});
  chmodSync(join(root, at), 0o755);
}

/** Installs this process's Node.js in a root as its archives do, with the npm that comes with it. */
export async function putNode(root: string): Promise<void> {
  put(root, process.execPath, 'usr/local/bin/node');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', '--global', `--prefix=${join(root, 'usr/local')}`, ...quiet, NPM], {
    timeout: 120_000,
  });
}

/**
 * Installs krew in a root, set up: with an index, of no plugins. A `git` that has nothing new stands for the network, as krew asks where each
 * index is from before it does anything.
 */
export function putKrew(root: string, krew: string): void {
  put(root, krew, 'usr/local/bin/kubectl-krew');
  mkdirSync(join(root, 'root/.krew/index/default/plugins'), {recursive: true});
  writeFileSync(join(root, 'usr/local/bin/git'), '#!/bin/sh\necho https://index.invalid\n', {mode: 0o755});
}

/** Runs a line of shell in a root, as root with an empty environment; ends everything that it started. */
export async function runIn(root: string, line: string, env: Record<string, string> = {}): Promise<Outcome> {
  const own = {HOME: '/root', PATH: '/root/.krew/bin:/usr/local/bin:/usr/sbin:/usr/bin', ...env};
  const variables = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  const command = [root, '/usr/bin/env', '-i', ...variables, 'sh', '-ec', `cd /root; ${line}`];
  const args = [...APART, 'sh', '-ec', ENTER, 'sh', ...command];
  try {
    const running = run('unshare', args, {...LIMITS, timeout: 120_000});
    // krew reads names of plugins where somebody may still write some.
    running.child.stdin?.end();
    const {stdout, stderr} = await running;
    return {code: 0, stdout, stderr};
  } catch (error) {
    // `execFile` rejects with these where a program ends with another code than 0.
    const {code, stdout, stderr} = error as Error & {code?: unknown; stdout?: string; stderr?: string};
    if (typeof code !== 'number') throw error;
    return {code, stdout: stdout ?? '', stderr: stderr ?? ''};
  }
}

/** Files that packages of this machine hold, but for documentation; where they are. */
function filesOf(packages: readonly string[]): string[] {
  return execFileSync('dpkg-query', ['--listfiles', ...packages], {encoding: 'utf8'})
    .split('\n')
    .filter(
      file =>
        file !== '' && !file.startsWith('/usr/share/') && existsSync(file) && !lstatSync(file).isDirectory(),
    );
}
