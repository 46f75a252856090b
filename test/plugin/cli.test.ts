import {statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import ava from 'ava';
import type {DoctorReport} from '../../src/report/report.ts';
import {folderWith, win} from '../helpers/cli.ts';

// One process at a time: each takes a core.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../plugin/sample');
const CLEAN = `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy}
`;
const BROKEN = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  os: {name: windows}
  nodeSelector: {kubernetes.io/os: windows}
  hostPID: true
  containers:
  - {name: c, image: registry.example.com/app:1, resources: {limits: {memory: 1Gi}}}
`;

test('version --client needs no cluster', async t => {
  const {code, stdout, stderr} = await win(['version', '--client']);
  t.is(code, 0);
  t.regex(stdout, /^Client Version: v\d+\.\d+\.\d+\n$/);
  t.is(stderr, '');
});

test('a capture is diagnosed without a cluster, and errors make the exit code 1', async t => {
  const {code, stdout, stderr} = await win(['doctor', '--from', SAMPLE, '-o', 'json']);
  t.is(code, 1);
  t.is(stderr, '');
  const report = JSON.parse(stdout) as DoctorReport;
  t.is(report.kind, 'DoctorReport');
  t.is(report.source.kind, 'capture');
  t.true(report.summary.findings.error > 5);
  t.deepEqual(report.problems, []);
});

test('--fail-on never makes the exit code 0 whatever was found', async t => {
  t.is((await win(['doctor', '--from', SAMPLE, '--fail-on', 'never'])).code, 0);
});

test('a report is its own baseline: nothing is new', async t => {
  const folder = folderWith(t, {});
  const report = join(folder, 'report.json');
  t.is((await win(['doctor', '--from', SAMPLE, '-o', 'json', '--output-file', report])).code, 1);
  t.is(statSync(report).mode & 0o777, 0o600);
  const {code, stdout} = await win(['doctor', '--from', SAMPLE, '--baseline', report, '-o', 'json']);
  t.is(code, 0);
  t.deepEqual((JSON.parse(stdout) as DoctorReport).findings, []);
});

test('what is ignored is left out with a note', async t => {
  const folder = folderWith(t, {
    'ignore.yaml': "- {id: POD001, subject: 'Pod/shop/*', reason: known, owner: me}\n",
    'pod.yaml': BROKEN,
  });
  const ignore = join(folder, 'ignore.yaml');
  const {code, stdout, stderr} = await win(['lint', join(folder, 'pod.yaml'), '--ignore', ignore]);
  t.is(code, 0);
  t.notRegex(stdout, /POD001/);
  t.regex(stderr, /^note: .*1/);
});

test('lint reads standard input and names the line', async t => {
  const {code, stdout} = await win(['lint', '-', '-o', 'json'], BROKEN);
  t.is(code, 1);
  const finding = (JSON.parse(stdout) as DoctorReport).findings.find(f => f.id === 'POD001');
  t.deepEqual(finding?.location, {file: 'stdin', line: 7, column: 3});
});

test('lint reads directories and passes over what is no manifest', async t => {
  const folder = folderWith(t, {'a.yaml': CLEAN, 'notes.txt': 'hostPID: {', 'values.yaml': 'replicas: 2\n'});
  const {code, stderr} = await win(['lint', folder]);
  t.is(code, 0);
  t.regex(stderr, /values\.yaml:1: no Kubernetes object/);
});

test('an empty directory is nothing that could be linted', async t => {
  const {code, stderr} = await win(['lint', folderWith(t, {})]);
  t.is(code, 3);
  t.regex(stderr, /^error: there is no manifest in /);
});

test('explain knows checks, codes and nothing else', async t => {
  t.regex((await win(['explain', 'sch003'])).stdout, /SCH003/);
  t.regex((await win(['explain', '0x803b0013'])).stdout, /PORT_ALREADY_EXISTS/);
  t.regex((await win(['explain', '-1073741515'])).stdout, /STATUS_DLL_NOT_FOUND/);
  const {code, stderr} = await win(['explain', 'SCH03']);
  t.is(code, 2);
  t.regex(stderr, /"SCH03" is no check and no code\n.*Did you mean `kubectl win explain SCH\d{3}`/);
});

for (const [title, args, says] of [
  [
    'a command that does not exist',
    ['doktor'],
    /there is no command "doktor"\n.*Did you mean `kubectl win doctor`/,
  ],
  ['a flag that does not exist', ['doctor', '--frm', 'x'], /--frm/],
  ['a format that does not exist', ['doctor', '-o', 'xml'], /xml/],
  [
    'a check that does not exist',
    ['doctor', '--check', 'SCH03'],
    /"SCH03" is no check and no area; did you mean SCH0/,
  ],
  ['a selector that is none', ['doctor', '--from', SAMPLE, '-l', 'a in b'], /"a in b" is no label selector/],
  ['half a CI request', ['doctor', '--from', SAMPLE, '--ci-namespace', 'x'], /ci-service-account/],
  [
    'a baseline that is no report',
    ['doctor', '--from', SAMPLE, '--baseline', '/etc/hostname'],
    /\/etc\/hostname: the baseline/,
  ],
] as const) {
  test(`${title} is a usage error of few lines`, async t => {
    const {code, stdout, stderr} = await win(args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, says);
    t.true(stderr.split('\n').length <= 5, stderr);
    t.notRegex(stderr, /\n\s+at /, 'no stack');
  });
}

for (const [title, args, says] of [
  ['no kubeconfig', ['doctor'], /no kubeconfig was found/],
  ['a context that is not there', ['doctor', '--context', 'none'], /kubeconfig|context/],
  [
    'a server that does not answer',
    ['doctor', '--server', 'https://127.0.0.1:9', '--token', 'x'],
    /127\.0\.0\.1:9/,
  ],
  ['a capture that is not there', ['doctor', '--from', '/nonexistent'], /\/nonexistent/],
  ['a capture of junk', ['doctor', '--from', '/etc/hostname'], /hostname/],
] as const) {
  test(`${title}: it could not run, and one line says why`, async t => {
    const {code, stdout, stderr} = await win(args);
    t.is(code, 3);
    t.is(stdout, '');
    t.regex(stderr, /^error: /);
    t.regex(stderr, says);
    t.notRegex(stderr, /\n\s+at /, 'no stack');
  });
}

test('what was mistyped is named, with what was perhaps meant', async t => {
  const misuses: [argv: string[], says: RegExp][] = [
    [['doctor', '--frm', 'x'], /^error: there is no flag `--frm`\n  Did you mean `--from`\?\n/],
    [['doctr'], /^error: there is no command "doctr"\n  Did you mean `kubectl win doctor`\?\n/],
    [['help', 'doctr'], /^error: there is no command "doctr"\n  Did you mean `kubectl win doctor`\?\n/],
    [
      ['doctor', '-o', 'jsno'],
      /^error: `--output` takes no "jsno" but one of text, .*\n  Did you mean `--output json`\?\n/,
    ],
    [
      ['completion', 'bsh'],
      /^error: `kubectl win completion` takes no "bsh" but one of bash, .*\n  Did you mean `kubectl win completion bash`\?\n/,
    ],
    [['-v', '6', 'doctor'], /^error: a command comes first, then its flags: `kubectl win COMMAND -v`\n/],
    [['doctor', 'extra'], /^error: `kubectl win doctor` takes no argument "extra"\n/],
    [['lint'], /^error: `kubectl win lint` needs FILE: [^\n]*\n  Flags: `kubectl win lint --help`\n$/],
    [['doctor', '--ci-namespace', 'x'], /^error: All of the following must be provided [^\n;]*\n/],
    [['lint', '--kubernetes-version', 'abc', SAMPLE], /^error: --kubernetes-version abc is no version/],
    [
      ['doctor', '--from', SAMPLE, '--ignore', '/nope'],
      /cannot be read: there is no such file or directory\n/,
    ],
    [['doctor', '--from', SAMPLE, '--node', 'nope'], /^error: there is no node `nope` in /],
    [['doctor', '--from', SAMPLE, '-n', 'nope'], /^error: there is no namespace `nope` in /],
  ];
  for (const [argv, says] of misuses) {
    const {code, stdout, stderr} = await win(argv);
    t.is(code, 2, argv.join(' '));
    t.is(stdout, '');
    t.regex(stderr, says);
  }
});

test('a list in the environment counts for commands of two words, too', async t => {
  const {code, stderr} = await win(['hns', 'check', '--from', SAMPLE], '', {
    KUBECTL_WIN_CHECK: 'SVC001,NO999',
  });
  t.is(code, 2);
  t.regex(stderr, /NO999/);
});

test('lists can be given by environment, and what is typed counts more', async t => {
  const env = {KUBECTL_WIN_CHECK: 'SCH,IMG001'};
  const idsOf = async (argv: string[]): Promise<Set<string>> => {
    const {stdout} = await win(['doctor', '--from', SAMPLE, '-o', 'json', ...argv], '', env);
    const report: DoctorReport = JSON.parse(stdout);
    return new Set(report.findings.map(f => f.id.replace(/^SCH\d+$/, 'SCH')));
  };
  t.deepEqual(await idsOf([]), new Set(['IMG001', 'SCH']));
  t.deepEqual(await idsOf(['--check', 'NOD001']), new Set(['NOD001']));
});

test('a file may follow a flag that repeats', async t => {
  const {code, stderr} = await win(['lint', '--check', 'POD', '-'], CLEAN);
  t.is(code, 0, stderr);
});

test('help shows flags before the groups that kubectl users know', async t => {
  const {stdout} = await win(['doctor', '-h', '--all']);
  const groups = [...stdout.matchAll(/^(?:[A-Z]+ )?FLAGS$/gm)].map(([heading]) => heading);
  t.deepEqual(groups, [
    'FLAGS',
    'SCOPE FLAGS',
    'CHECKS FLAGS',
    'OUTPUT FLAGS',
    'PUBLISH FLAGS',
    'CLUSTER FLAGS',
    'GLOBAL FLAGS',
  ]);
  t.regex(stdout, /- gmsa: what domain identities/);
});

test('flags can be given by environment', async t => {
  const {stdout} = await win(['doctor'], '', {KUBECTL_WIN_FROM: SAMPLE, KUBECTL_WIN_OUTPUT: 'markdown'});
  t.regex(stdout, /^#/m);
});

test('a report that cannot be written says so and leaves nothing', async t => {
  const {code, stderr} = await win(['doctor', '--from', SAMPLE, '--output-file', '/nonexistent/report']);
  t.is(code, 3);
  t.regex(stderr, /^error: \/nonexistent\/report cannot be written/);
});

test('every format is written for the sample', async t => {
  for (const format of ['text', 'wide', 'json', 'yaml', 'junit', 'sarif', 'markdown', 'html']) {
    const {stdout, stderr} = await win(['doctor', '--from', SAMPLE, '-o', format]);
    t.true(stdout.length > 1000, format);
    t.is(stderr, '', format);
  }
  t.true((await readFile(join(SAMPLE, 'version.yaml'), 'utf8')).includes('SupportBundle'));
});
