import {execFile} from 'node:child_process';
import {chmodSync, existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import ava from 'ava';
import {parse} from 'yaml';
import {folderWith} from '../helpers/cli.ts';

/** A checkout is set up by one at a time, as in a pipeline. */
const test = ava.serial;
const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');

const SICK = `apiVersion: v1
kind: Pod
metadata: {name: sick}
spec:
  os: {name: windows}
  hostIPC: true
  nodeSelector: {kubernetes.io/os: windows}
  containers:
    - {name: app, image: mcr.microsoft.com/windows/nanoserver:ltsc2022, resources: {limits: {memory: 1Gi}}}
`;
const WELL = SICK.replace('  hostIPC: true\n', '');

interface Action {
  inputs: Record<string, {default?: string; required?: boolean}>;
  runs: {steps: {env: Record<string, string>; run: string}[]};
}

/** Runs the Action's step as GitHub does: inputs in the places of its environment, files for outputs and the summary. */
async function action(
  t: ExecutionContext,
  files: Record<string, string>,
  inputs: Record<string, string>,
): Promise<{code: number; folder: string; log: string; outputs: string; summary: string}> {
  const folder = folderWith(t, {...files, outputs: '', summary: ''});
  // Written by us, and read as GitHub reads it.
  const {runs, inputs: declared} = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as Action;
  const [step] = runs.steps;
  if (!step) throw new Error('the action has no step');
  const values = Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [name, inputs[name] ?? input.default ?? '']),
  );
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => values[input] ?? 'no such input'),
    ]),
  );
  const {code, log} = await outcome('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: folder,
    env: {
      ...environment(),
      ...env,
      GITHUB_ACTION_PATH: repository,
      GITHUB_OUTPUT: join(folder, 'outputs'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    },
  });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {code, folder, log, outputs: read('outputs'), summary: read('summary')};
}

function environment(): Record<string, string> {
  return {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: '/nonexistent',
    XDG_CACHE_HOME: join(repository, 'build/test-cache'),
  };
}

async function outcome(
  file: string,
  args: string[],
  options: {cwd: string; env: Record<string, string>},
): Promise<{code: number; log: string}> {
  try {
    const {stdout, stderr} = await run(file, args, options);
    return {code: 0, log: stdout + stderr};
  } catch (error) {
    const {code, stdout, stderr} = error as {code: number; stdout: string; stderr: string};
    return {code, log: stdout + stderr};
  }
}

test('the Action fails on an error, shows it in the summary, and gives SARIF to upload', async t => {
  const seen = await action(t, {'pod.yaml': SICK}, {paths: 'pod.yaml\n', 'sarif-file': 'lint.sarif'});
  t.is(seen.code, 1, seen.log);
  t.regex(seen.summary, /POD001/);
  t.is(seen.outputs, 'sarif-file=lint.sarif\n');
  const sarif = JSON.parse(readFileSync(join(seen.folder, 'lint.sarif'), 'utf8')) as {
    runs: {results: {ruleId: string}[]}[];
  };
  t.true(sarif.runs[0]?.results.some(r => r.ruleId === 'POD001'));
});

test('the Action passes where nothing is wrong, or where nothing is to fail', async t => {
  t.is((await action(t, {'pod.yaml': WELL}, {paths: 'pod.yaml'})).code, 0);
  t.is((await action(t, {'pod.yaml': SICK}, {paths: 'pod.yaml', 'fail-on': 'never'})).code, 0);
  t.is((await action(t, {'pod.yaml': SICK}, {paths: 'pod.yaml', skip: 'POD001'})).code, 0);
});

test('a path that looks like a command is a path', async t => {
  const seen = await action(t, {'pod.yaml': WELL}, {paths: '$(touch pwned); `touch pwned`'});
  t.is(seen.code, 3, seen.log);
  t.false(existsSync(join(seen.folder, 'pwned')));
});

test('the Action says that it was given no paths', async t => {
  const seen = await action(t, {}, {paths: '\n'});
  t.is(seen.code, 2, seen.log);
  t.regex(seen.log, /::error::kubectl win lint: the input paths is empty/);
});

test('the GitLab template fails on an error and leaves a JUnit report', async t => {
  // Written by us, and read as GitLab reads it.
  const {'kubectl-win-lint': job} = parse(readFileSync(join(repository, 'pipelines/gitlab.yml'), 'utf8')) as {
    'kubectl-win-lint': {
      variables: Record<string, string>;
      script: string[];
      artifacts: {reports: {junit: string}};
    };
  };
  const folder = folderWith(t, {
    'pod.yaml': SICK,
    npx: `#!/bin/sh\n[ "$1" = --yes ] && [ "$2" = kubectl-win@latest ] || exit 9\nshift 2\nexec '${repository}/bin/kubectl-win' "$@"\n`,
  });
  chmodSync(join(folder, 'npx'), 0o755);
  const env = {...environment(), ...job.variables};
  const {code, log} = await outcome('bash', ['-eo', 'pipefail', '-c', job.script.join('\n')], {
    cwd: folder,
    env: {...env, PATH: `${folder}:${env['PATH'] ?? ''}`, KUBECTL_WIN_PATHS: 'pod.yaml'},
  });
  t.is(code, 1, log);
  t.regex(readFileSync(join(folder, job.artifacts.reports.junit), 'utf8'), /<testsuites[^]*POD001/);
});

test('the hook of pre-commit takes names of files, and its program is one that npm installs', async t => {
  // Written by us, and read as pre-commit reads it.
  const [hook] = parse(readFileSync(join(repository, '.pre-commit-hooks.yaml'), 'utf8')) as {
    entry: string;
    language: string;
    types_or: string[];
  }[];
  const {bin, scripts} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
    scripts: Record<string, string>;
  };
  const [program = '', ...args] = hook?.entry.split(' ') ?? [];
  const folder = folderWith(t, {'sick.yaml': SICK, 'well.yaml': WELL});
  const lint = (file: string): Promise<{code: number; log: string}> =>
    outcome(join(repository, bin[program] ?? ''), [...args, file], {cwd: folder, env: environment()});
  t.is((await lint('sick.yaml')).code, 1);
  t.is((await lint('well.yaml')).code, 0);
  // npm does not build what it packs from a repository unless it is told.
  t.regex(scripts['prepack'] ?? '', /scripts\/build\.ts/);
});
