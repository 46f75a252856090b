import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';

const launcher = join(import.meta.dirname, '../../bin/kubectl-win');

/** A Node.js that only says what it was asked to run. */
const ECHO = '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n';

interface Place {
  /** Holds all the rest, and has a space in its name. */
  folder: string;
  /** An installation: launcher, program, Node.js. */
  root: string;
}

function place(t: ExecutionContext, parts: readonly string[] = ['dist/main.js', 'build/node']): Place {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl win '));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const root = join(folder, 'the plugin');
  cpSync(launcher, join(root, 'bin/kubectl-win'));
  for (const part of parts) executable(join(root, part), ECHO);
  return {folder, root};
}

function executable(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function run(
  path: string,
  {cwd = '/', PATH = '/usr/bin:/bin'} = {},
  args: readonly string[] = ['doctor', 'a b'],
) {
  const {status, stdout, stderr} = spawnSync(path, args, {cwd, env: {PATH}, encoding: 'utf8'});
  return {cwd, status, lines: stdout.split('\n').slice(0, -1), stderr};
}

/** What was run lies in that installation, and the arguments came through whole. */
function reached(
  t: ExecutionContext,
  {root}: Place,
  result: ReturnType<typeof run>,
  main = 'dist/main.js',
): void {
  t.is(result.stderr, '');
  const [node = '', program = '', ...args] = result.lines;
  t.is(real(result.cwd, node), join(root, 'build/node'));
  t.is(real(result.cwd, program), join(root, main));
  t.deepEqual(args, ['doctor', 'a b']);
}

/** As the kernel resolves it: `..` of a linked folder is where the link points. */
function real(cwd: string, path: string): string {
  return realpathSync.native(path.startsWith('/') ? path : `${cwd}/${path}`);
}

test('it is found by its path', t => {
  const at = place(t);
  reached(t, at, run(join(at.root, 'bin/kubectl-win')));
});

test('it is found from its own folder and through sh', t => {
  const at = place(t, ['dist/main.js']);
  executable(join(at.folder, 'path/node'), ECHO);
  const here = {cwd: join(at.root, 'bin'), PATH: `${join(at.folder, 'path')}:/usr/bin:/bin`};
  for (const [command, args] of [
    ['./kubectl-win', []],
    ['sh', ['kubectl-win']],
  ] as const) {
    const {stderr, lines} = run(command, here, [...args, 'version']);
    t.is(stderr, '');
    t.deepEqual(lines.slice(-1), ['version']);
    t.regex(lines.at(-2) ?? '', /\/\.\.\/dist\/main\.js$/);
  }
});

test('it is found through links to links, absolute and relative, and through a linked folder', t => {
  const at = place(t);
  const links = join(at.folder, 'some links');
  mkdirSync(links);
  symlinkSync('../the plugin/bin/kubectl-win', join(links, 'relative'));
  symlinkSync(join(links, 'relative'), join(links, 'absolute'));
  symlinkSync('absolute', join(links, 'again'));
  symlinkSync('../the plugin/bin', join(links, 'folder'));
  for (const link of ['relative', 'absolute', 'again', 'folder/kubectl-win']) {
    reached(t, at, run(join(links, link)));
    reached(t, at, run(`./${link}`, {cwd: links}));
  }
});

test('it is found on PATH', t => {
  const at = place(t);
  const links = join(at.folder, 'on path');
  mkdirSync(links);
  symlinkSync('../the plugin/bin/kubectl-win', join(links, 'kubectl-win'));
  reached(t, at, run('kubectl-win', {PATH: `${links}:/usr/bin:/bin`}));
});

test('without a build the sources are run', t => {
  const at = place(t, ['plugin/main.ts', 'build/node']);
  reached(t, at, run(join(at.root, 'bin/kubectl-win')), 'plugin/main.ts');
});

test('without its own Node.js the one on PATH is taken', t => {
  const {folder, root} = place(t, ['dist/main.js']);
  executable(join(folder, 'path/node'), ECHO);
  const {lines} = run(join(root, 'bin/kubectl-win'), {PATH: `${join(folder, 'path')}:/usr/bin:/bin`});
  t.is(lines[0], join(folder, 'path/node'));
});

test('a checkout that is not set up says so', t => {
  const {root} = place(t, []);
  const {status, stderr} = run(join(root, 'bin/kubectl-win'));
  t.is(status, 3);
  t.regex(stderr, /^error: this checkout is not set up: run .*\/scripts\/setup\n$/);
});

test('a machine without Node.js says so', t => {
  const {folder, root} = place(t, ['dist/main.js']);
  mkdirSync(join(folder, 'empty'));
  for (const program of ['sh', 'readlink']) symlinkSync(`/bin/${program}`, join(folder, 'empty', program));
  const {status, stderr} = run(join(root, 'bin/kubectl-win'), {PATH: join(folder, 'empty')});
  t.is(status, 3);
  t.regex(stderr, /^error: kubectl-win needs Node\.js 22\.20 or newer, and there is none on PATH\n$/);
});
