import {execFile} from 'node:child_process';
import {cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {generateX25519Identity, identityToRecipient} from 'age-encryption';
import ava from 'ava';
import {COMMAND_EXAMPLES, linesToType, TEXTS} from '../helpers/examples.ts';
import {allWell, install} from './agent/installed.ts';
import {startLab, type TestLab} from './lab.ts';
import {buildLab} from './parts/build.ts';

// One control plane for all.
const test = ava.serial;
const repository = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What is shown and not run here, and why, or where it is. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^(?:kubectl krew|npx|npm|dpkg|tar) /, 'on a fresh machine, in release.test.ts'],
  [/^scoop /, 'Scoop is for Windows'],
  [/^scripts\//, 'how a checkout is set up and tested, which has been done by now'],
  [/^skopeo copy /, 'takes a registry; test/scripts/image has skopeo read the image'],
  [/^oc /, 'takes a cluster of OpenShift'],
  [/^helm /, 'takes Helm, and a chart'],
  [/ bundle serve /, 'serves until it is stopped, in test/browser'],
  [/ node\/win-1 --source kubelet/, 'takes what a kubelet writes on Windows, in test/lab/logs'],
  [/ logs -f /, 'follows until it is stopped, in test/lab/logs'],
  [/\bwin-logs\.zip|\beks_i-/, "takes an archive of a provider's node, in test/plugin/capture"],
  [/ agent (?:uninstall|upgrade)\b/, 'changes the agents that others need here, in test/lab/agent'],
  [/^docker /, 'takes Docker; test/src/manifests reads what it prints'],
];

/** What a name in an example stands for. */
const STANDS_FOR: readonly (readonly [RegExp, string])[] = [
  [/@sha256:(?:0000\b|…)/, `@sha256:${'0'.repeat(64)}`],
  [/\bIMAGE\b/, `registry.example.com/kubectl-win@sha256:${'0'.repeat(64)}`],
  // Agents are there by now, of the lab's own image.
  [/^(kubectl win agent install\b.*)$/, '$1 --dry-run'],
];

const examples = [...new Set(TEXTS.flatMap(([, markdown]) => linesToType(markdown)))];
const commandExamples = [...new Set(COMMAND_EXAMPLES)].filter(line => !examples.includes(line));
/** Of these so many are typed at a time, while the others are. */
const AT_A_TIME = 2;

function isHere(line: string): boolean {
  return !ELSEWHERE.some(([mark]) => mark.test(line));
}

/** What examples of commands read, beside bundles and manifests. */
const INPUTS = {
  'rules.yaml': `apiVersion: troubleshoot.sh/v1beta2
kind: Redactor
metadata: {name: own}
spec:
  redactors:
    - name: cases
      removals: {regex: [{redactor: '(?P<mask>CASE-[0-9]+)'}]}
`,
  'web.log':
    '{"Source":"EventLog","LogEntry":{"Time":"2024-05-01T10:00:00.000Z","Channel":"System","Level":"Error","EventId":7,"Message":"x"}}\n',
  '0.log': '2024-05-01T10:00:00.000000000Z stdout F ready\n',
};

/** How the examples of commands ended that are typed aside. */
const outcomes = new Map<string, Promise<string | undefined>>();
const lanes: Promise<unknown>[] = [];
let isOver = false;
let lab: TestLab;
let home: string;
let recipient: string;

/** A pod whose name is known, as examples have it. */
function web(namespace: string): object {
  const template = {
    metadata: {labels: {app: 'web'}},
    spec: {
      nodeSelector: {'kubernetes.io/os': 'windows'},
      tolerations: [{operator: 'Exists'}],
      containers: [{name: 'web', image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022'}],
    },
  };
  const spec = {serviceName: 'web', selector: {matchLabels: {app: 'web'}}, template};
  return {metadata: {name: 'web', namespace}, spec};
}

test.before(async t => {
  t.timeout(300_000);
  lab = await startLab({agents: true});
  home = await mkdtemp(join(tmpdir(), 'kubectl-win-examples-'));
  mkdirSync(join(home, 'bin'));
  symlinkSync((await buildLab(() => undefined)).get('kubectl') ?? '', join(home, 'bin/kubectl'));
  symlinkSync(join(repository, 'bin/kubectl-win'), join(home, 'bin/kubectl-win'));
  await install(t, lab);
  await allWell(t, lab);
  for (const namespace of ['default', 'shop'])
    await lab.api.send('POST', `/apis/apps/v1/namespaces/${namespace}/statefulsets`, web(namespace));
  for (const namespace of ['default', 'shop'])
    await lab.kubectl(['wait', '-n', namespace, 'pod/web-0', '--for=create', '--timeout=60s']);
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  writeFileSync(join(home, 'key.txt'), `${identity}\n`);
  await run('tar', ['-czf', join(home, 'must-gather.tar.gz'), '-C', join(repository, 'plugin'), 'sample']);
  writeFileSync(
    join(home, 'deployment.yaml'),
    JSON.stringify({apiVersion: 'apps/v1', kind: 'StatefulSet', ...web('default')}),
  );
  writeFileSync(
    join(home, 'credentialspec.yaml'),
    JSON.stringify({
      apiVersion: 'windows.k8s.io/v1',
      kind: 'GMSACredentialSpec',
      metadata: {name: 'web'},
      credspec: {},
    }),
  );
  await type('kubectl win bundle --output-file bundle.tar.gz');
  await prepare();
  for (const [i, line] of commandExamples.filter(isHere).entries()) {
    const outcome = (lanes[i % AT_A_TIME] ?? Promise.resolve()).then(() => aside(line));
    lanes[i % AT_A_TIME] = outcome;
    outcomes.set(line, outcome);
  }
});
test.after.always(async () => {
  isOver = true;
  await Promise.all(lanes);
  await lab?.stop();
  await rm(home, {recursive: true, force: true, maxRetries: 10});
});

/** Lays out what examples of commands read, for each to have of its own. */
async function prepare(): Promise<void> {
  const inputs = join(home, 'inputs');
  mkdirSync(join(inputs, 'deploy'), {recursive: true});
  await type('kubectl win bundle --probe quick --output-file probed.tar.gz');
  for (const name of ['bundle', 'kubectl-win-bundle', 'old', 'before', 'after'])
    cpSync(join(home, 'probed.tar.gz'), join(inputs, `${name}.tar.gz`));
  for (const name of ['deploy/web.yaml', 'service.yaml'])
    cpSync(join(home, 'deployment.yaml'), join(inputs, name));
  for (const [name, text] of Object.entries(INPUTS)) writeFileSync(join(inputs, name), text);
  await lab.api.create({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: {name: 'web-0'},
    spec: {
      selector: {matchNamespaces: ['default'], matchNames: ['web-0']},
      logs: [{containers: ['web'], logsFile: join(inputs, '0.log')}],
    },
  });
  await type('kubectl win doctor --fail-on never -o json --output-file inputs/last.json');
}

/** Types an example of a command in a folder of its own; answers what is wrong with it. */
async function aside(line: string): Promise<string | undefined> {
  if (isOver) return 'never typed';
  const folder = await mkdtemp(join(home, 'aside-'));
  cpSync(join(home, 'inputs'), folder, {recursive: true});
  return faultOf(line, folder);
}

/** Types a line with what its names stand for; answers what is wrong with it. */
async function faultOf(line: string, folder = home): Promise<string | undefined> {
  const meant = STANDS_FOR.reduce((text, [mark, what]) => text.replace(mark, what), line);
  try {
    await type(meant.replace('age1qqqq', recipient), folder);
    return undefined;
  } catch (error) {
    // `execFile` says so where a program ends with another code than 0.
    const {code, stderr} = error as {code?: unknown; stderr?: string};
    // 1 means that something was found, which in this cluster is so.
    return code === 1 ? undefined : `${line}\n${String(code)}: ${stderr ?? String(error)}`;
  }
}

/** Types a line into a shell as the lab's administrator; throws where it does not end with 0. */
async function type(line: string, folder = home): Promise<void> {
  const shell = line.includes('<(') ? '/bin/bash' : '/bin/sh';
  // It ends what the shell has started, too.
  const running = run('/usr/bin/timeout', ['--kill-after=5', '180', shell, '-ec', line], {
    cwd: folder,
    maxBuffer: 2 ** 26,
    env: {
      HOME: folder,
      SHELL: '/bin/bash',
      PATH: `${join(home, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
      XDG_CACHE_HOME: join(repository, 'build/test-cache'),
      KUBECONFIG: lab.kubeconfigs.admin,
    },
  });
  running.child.stdin?.end();
  await running;
}

test('what is not run here is shown somewhere', t => {
  for (const [mark] of ELSEWHERE)
    t.true(
      [...examples, ...commandExamples].some(line => mark.test(line)),
      String(mark),
    );
});

for (const line of examples.filter(isHere))
  test(`it works: ${line}`, async t => {
    t.is(await faultOf(line), undefined);
  });

test('screenshots and a recording are made of the lab', async t => {
  const scripts = join(repository, 'scripts');
  await type(`node ${scripts}/build-screenshots.ts shots`);
  await type(`node ${scripts}/build-recording.ts shots/lab.cast`);
  for (const name of ['terminal.png', 'report.png', 'report-dark.png'])
    t.is(readFileSync(join(home, 'shots', name)).toString('latin1', 1, 4), 'PNG', name);
  t.regex(readFileSync(join(home, 'shots/terminal.svg'), 'utf8'), /on 2 Windows and 1 Linux node/);
  t.regex(readFileSync(join(home, 'shots/lab.cast'), 'utf8'), /win-2/);
});

for (const line of commandExamples.filter(isHere))
  test(`an example of help works: ${line}`, async t => {
    t.is(await outcomes.get(line), undefined);
  });
