import {execFile} from 'node:child_process';
import {symlinkSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import ava from 'ava';
import {startLab, type TestLab} from './lab.ts';
import {buildLab} from './parts/build.ts';

const run = promisify(execFile);
const test = ava.serial;
const repository = join(import.meta.dirname, '../..');

let lab: TestLab;
let home: string;
let env: NodeJS.ProcessEnv;

test.before(async () => {
  lab = await startLab();
  home = await mkdtemp(join(tmpdir(), 'kubectl-win-completion-'));
  const kubectl = (await buildLab(() => undefined)).get('kubectl') ?? '';
  symlinkSync(kubectl, join(home, 'kubectl'));
  for (const name of ['kubectl-win', 'kubectl_complete-win'])
    symlinkSync(join(repository, 'bin', name), join(home, name));
  env = {
    HOME: home,
    PATH: `${home}:${dirname(process.execPath)}:/usr/bin:/bin`,
    XDG_CACHE_HOME: join(repository, 'build/test-cache'),
    KUBECONFIG: lab.kubeconfigs.admin,
  };
});
test.after.always(async () => {
  await lab?.stop();
  await rm(home, {recursive: true, force: true, maxRetries: 10});
});

/** Words that fit after `kubectl win …`, as kubectl itself asks for them. */
async function afterKubectlWin(...words: string[]): Promise<string[]> {
  const {stdout} = await run('kubectl', ['__completeNoDesc', 'win', ...words], {env});
  return stdout.split('\n').filter(line => line !== '' && !line.startsWith(':'));
}

/** Names of objects of the cluster. */
async function names(...args: string[]): Promise<string[]> {
  const text = await lab.kubectl(['get', ...args, '-o', 'jsonpath={.items[*].metadata.name}']);
  return text.split(' ').filter(Boolean);
}

test('kubectl itself completes commands and flags after `kubectl win`', async t => {
  t.true((await afterKubectlWin('doc')).includes('doctor'));
  t.deepEqual(await afterKubectlWin('doctor', '--fail-on', 'w'), ['warning']);
});

test('nodes, namespaces, pods and contexts are those of the cluster', async t => {
  t.deepEqual(await afterKubectlWin('doctor', '--node', ''), await names('nodes'));
  t.deepEqual(await afterKubectlWin('nodes', '-n', ''), await names('namespaces'));
  const pods = await names('pods', '-n', 'kube-system');
  t.true(
    (await afterKubectlWin('logs', '-n', 'kube-system', '')).some(word => pods.includes(word)) ||
      pods.length === 0,
  );
  t.is((await afterKubectlWin('doctor', '--context', '')).length, 1);
});

test('whoever may not list gets no names and no error', async t => {
  const {stdout, stderr} = await run(
    'kubectl-win',
    ['__complete', 'doctor', '--as', 'nobody', '--node', ''],
    {env},
  );
  t.is(stdout, ':4\n');
  t.is(stderr, '');
});

test('a cluster that is not there costs a Tab no more than no names', async t => {
  const {stdout, stderr} = await run(
    'kubectl-win',
    ['__complete', 'doctor', '--server', 'https://127.0.0.1:1', '--node', ''],
    {env},
  );
  t.is(stdout, ':4\n');
  t.is(stderr, '');
});
