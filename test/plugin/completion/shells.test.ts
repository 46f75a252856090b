import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import ava from 'ava';
import {KUBECTL_COMPLETE} from '../../../plugin/completion/shell-scripts/kubectl.ts';
import {win} from '../../helpers/cli.ts';
import {terminal} from '../../helpers/typing.ts';

const repository = join(import.meta.dirname, '../../..');
/** Shells share the two cores of a small machine with all other tests. */
const test = ava.serial;

/** A home with the program on PATH, and nothing else. */
function machine(t: ExecutionContext): {home: string; env: Record<string, string>} {
  const home = mkdtempSync(join(tmpdir(), 'kubectl-win-shell-'));
  t.teardown(() => rmSync(home, {recursive: true, force: true, maxRetries: 10}));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  symlinkSync(join(repository, 'bin/kubectl-win'), join(bin, 'kubectl-win'));
  return {
    home,
    env: {
      HOME: home,
      PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      HISTFILE: '/dev/null',
      KUBECONFIG: join(home, 'none'),
      XDG_CACHE_HOME: join(repository, 'build/test-cache'),
    },
  };
}

/** bash lists what fits at the second Tab. */
const SHELLS = {bash: ['Tab', 'Tab'], zsh: ['Tab'], fish: ['Tab']};

for (const [shell, list] of Object.entries(SHELLS)) {
  test(`after completion install, ${shell} completes commands, flags, their values and ids`, async t => {
    const {home, env} = machine(t);
    const installed = await win(['completion', 'install', '--shell', shell], '', env);
    t.is(installed.code, 0, installed.stderr);
    const {type, shows} = await terminal(t, {program: [shell, '-i'], home, env: {...env, PS1: '> '}});
    await type('kubectl-win doct', 'Tab');
    await shows(/kubectl-win doctor\s*$/m);
    await type('--fail-o', 'Tab');
    await shows(/doctor --fail-on\s*$/m);
    await type('warn', 'Tab');
    await shows(/--fail-on warning\s*$/m);
    await type('--agent=nev', 'Tab');
    await shows(/--agent=never\s*$/m);
    await type('--check SCH00', ...list);
    await shows(/SCH007.*A RuntimeClass/s);
    t.pass();
  });
}

test('files are completed where a flag takes one', async t => {
  const {home, env} = machine(t);
  writeFileSync(join(home, 'some-capture.tar.gz'), '');
  t.is((await win(['completion', 'install', '--shell', 'bash'], '', env)).code, 0);
  const {type, shows} = await terminal(t, {program: ['bash', '-i'], home, env: {...env, PS1: '> '}});
  await type('cd', 'Enter', 'kubectl-win doctor --from some-c', 'Tab');
  await shows(/--from some-capture\.tar\.gz\s*$/m);
  t.pass();
});

test('install says every file that it writes, keeps what was there, and done twice it changes nothing', async t => {
  const {home, env} = machine(t);
  writeFileSync(join(home, '.zshrc'), 'export EDITOR=vi', {mode: 0o600});
  const first = await win(['completion', 'install'], '', {...env, SHELL: '/usr/bin/zsh'});
  t.is(first.code, 0, first.stderr);
  for (const file of [
    '.local/share/kubectl-win/completion/kubectl-win.zsh',
    '.zshrc',
    'bin/kubectl_complete-win',
  ]) {
    t.true(first.stdout.includes(join(home, file)), first.stdout);
    t.true(existsSync(join(home, file)));
  }
  const zshrc = readFileSync(join(home, '.zshrc'), 'utf8');
  t.true(zshrc.startsWith('export EDITOR=vi\n# >>> kubectl win completion >>>\nsource '));
  const second = await win(['completion', 'install', '--shell', 'zsh'], '', env);
  t.notRegex(second.stdout, /^(wrote|changed)/m);
  t.is(readFileSync(join(home, '.zshrc'), 'utf8'), zshrc);
});

test('uninstall takes out what install wrote, and nothing else', async t => {
  const {home, env} = machine(t);
  writeFileSync(join(home, '.bashrc'), 'alias k=kubectl\n');
  for (const shell of Object.keys(SHELLS)) {
    t.is((await win(['completion', 'install', '--shell', shell], '', env)).code, 0);
  }
  const run = await win(['completion', 'uninstall'], '', env);
  t.is(run.code, 0, run.stderr);
  t.is(readFileSync(join(home, '.bashrc'), 'utf8'), 'alias k=kubectl\n');
  for (const file of ['.zshrc', '.config/fish/completions/kubectl-win.fish', 'bin/kubectl_complete-win']) {
    t.false(existsSync(join(home, file)), file);
  }
});

test("a program of somebody else under kubectl's name for it stays", async t => {
  const {home, env} = machine(t);
  const file = join(home, 'bin/kubectl_complete-win');
  writeFileSync(file, '#!/bin/sh\necho mine\n', {mode: 0o755});
  const run = await win(['completion', 'install', '--shell', 'fish'], '', env);
  t.is(run.code, 0);
  t.regex(run.stdout, /kubectl_complete-win is somebody else's/);
  t.is((await win(['completion', 'uninstall'], '', env)).code, 0);
  t.is(readFileSync(file, 'utf8'), '#!/bin/sh\necho mine\n');
});

test('the program that npm puts beside kubectl-win is the one that install writes', t => {
  t.is(readFileSync(join(repository, 'bin/kubectl_complete-win'), 'utf8'), KUBECTL_COMPLETE);
});

test('a shell that is not known is told in one line, with what to type', async t => {
  const {env} = machine(t);
  const run = await win(['completion', 'install'], '', {...env, SHELL: '/bin/tcsh'});
  t.is(run.code, 2);
  t.regex(
    run.stderr,
    /^error: this shell is not known: .*\n {2}kubectl win completion install --shell bash\n/,
  );
});

test('a start file that cannot be written is named', async t => {
  const {home, env} = machine(t);
  mkdirSync(join(home, '.bashrc'));
  const run = await win(['completion', 'install', '--shell', 'bash'], '', env);
  t.is(run.code, 3);
  t.regex(run.stderr, /^error: .*\.bashrc cannot be read: it is a directory\n/);
});
