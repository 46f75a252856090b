import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {join, relative} from 'node:path';
import {promisify} from 'node:util';
import {gunzipSync} from 'node:zlib';
import ava from 'ava';
import type {ExecutionContext} from 'ava';
import {parse} from 'yaml';
import {archive} from '../../scripts/release/archive.ts';
import {installLine, machineOn} from './fresh/machine.ts';
import {put, putKrew, putNode, runIn} from './fresh/root.ts';
import {startLab, type TestLab} from './lab.ts';
import {buildForTest} from './parts/build.ts';
import {serveFolder} from './fresh/serve.ts';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {folderWith} from '../helpers/cli.ts';
import {runExe, winPath, winePrefix} from '../helpers/wine.ts';
import {machineOf} from '../helpers/machine-code.ts';
import {buildProgram} from '../../scripts/programs/program.ts';
import {isPlatform, TARGETS} from '../../scripts/programs/targets.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
/** Executables are big, and a build keeps a core busy. */
const test = ava.serial;
const PLATFORMS = ['linux/amd64', 'windows/amd64'];

const SICK = `apiVersion: v1
kind: Pod
metadata: {name: sick}
spec:
  os: {name: windows}
  hostIPC: true
  nodeSelector: {kubernetes.io/os: windows}
  containers: [{name: app, image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022'}]
`;

const PLATFORM_NAMES = Object.keys(TARGETS).filter(isPlatform);

const IMAGE = `registry.example.com/agent@sha256:${'0'.repeat(64)}`;

const isFull = process.env['KUBECTL_WIN_FULL'] === '1';

let release: string;
let url: string;
let lab: TestLab;

test.before(async t => {
  t.timeout(600_000);
  lab = await startLab({scene: 'sick'});
  release = join(repository, 'build', 'test-release');
  url = await serveFolder(release);
  rmSync(release, {recursive: true, force: true});
  const args = [
    '--url',
    url,
    '--homepage',
    'https://example.com',
    '--agent-image',
    IMAGE,
    '--output-folder',
    release,
  ];
  await run(process.execPath, [join(repository, 'scripts/build-release.ts'), ...args, ...PLATFORMS]);
});
test.after.always(async () => lab?.stop());

test('a release has an archive for each platform, whose checksum is told everywhere', t => {
  const sums = readFileSync(join(release, 'SHA256SUMS'), 'utf8').trim().split('\n');
  t.is(sums.length, PLATFORMS.length + 2, 'an archive for each platform, a Debian package, and one for npm');
  // Written by `build-release`.
  const krew = parse(readFileSync(join(release, 'win.yaml'), 'utf8')) as {
    spec: {platforms: {sha256: string; uri: string}[]};
  };
  const scoop = readFileSync(join(release, 'kubectl-win.json'), 'utf8');
  const winget = readFileSync(join(release, 'winget', 'KubectlWin.KubectlWin.installer.yaml'), 'utf8');
  const homebrew = readFileSync(join(release, 'kubectl-win.rb'), 'utf8');
  for (const line of sums) {
    const [sum = '', file = ''] = line.split('  ');
    t.is(
      createHash('sha256')
        .update(readFileSync(join(release, file)))
        .digest('hex'),
      sum,
    );
    if (/\.(?:deb|tgz)$/.test(file)) continue;
    t.true(krew.spec.platforms.some(p => p.sha256 === sum && p.uri === `${url}/${file}`));
    t.is(scoop.includes(sum), file.includes('windows'));
    t.is(winget.includes(sum.toUpperCase()), file.includes('windows'));
    t.is(homebrew.includes(sum), !file.includes('windows'));
  }
});

test('a release says how each of its files was made, of what, and installs one image', t => {
  const name = readdirSync(release).find(file => file.endsWith('.intoto.json')) ?? '';
  // Written by `build-release`.
  const {subject} = JSON.parse(readFileSync(join(release, name), 'utf8')) as {
    subject: {name: string; digest: {sha256: string}}[];
  };
  const files = readdirSync(release, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && entry.name !== name)
    .map(entry => relative(release, join(entry.parentPath, entry.name)));
  t.deepEqual(subject.map(s => s.name).toSorted(), files.toSorted());
  for (const {name: file, digest} of subject) {
    const sum = createHash('sha256').update(readFileSync(join(release, file)));
    t.is(sum.digest('hex'), digest.sha256, file);
  }
  t.true(files.some(file => file.endsWith('.cdx.json')));
  t.true(readFileSync(join(release, 'agent-windows.yaml'), 'utf8').includes(`image: ${IMAGE}`));
});

test('an archive is under 45 MB and holds the licences of what is in it', async t => {
  for (const file of readdirSync(release).filter(f => /\.(?:tar\.gz|zip)$/.test(f)))
    t.true(statSync(join(release, file)).size < 45e6, file);
  const file = readdirSync(release).find(f => f.endsWith('linux-amd64.tar.gz')) ?? '';
  const {stdout} = await run('tar', ['-tzf', join(release, file)]);
  t.deepEqual(stdout.trim().split('\n').toSorted(), [
    'LICENSE',
    'THIRD-PARTY-NOTICES',
    'kubectl-win',
    'kubectl-win.1',
    'kubectl_complete-win',
  ]);
});

test('an archive is the same bytes however often it is made', async t => {
  const files = [{name: 'LICENSE', contents: Buffer.from('text'), executable: false}];
  for (const os of ['linux', 'windows'] as const)
    t.deepEqual(await archive(files, os), await archive(files, os));
});

/** A root with kubectl and the lab's kubeconfig, which goes with the test. */
async function machine(t: ExecutionContext): Promise<string> {
  const root = folderWith(t, {});
  await machineOn(root, {lab, whole: isFull});
  return root;
}

/** The lab's cluster is told as it is, through kubectl, which found what was installed. */
async function diagnoses(t: ExecutionContext, root: string): Promise<void> {
  const {code, stdout, stderr} = await runIn(root, 'kubectl win doctor');
  t.is(code, 1, stderr);
  t.regex(stdout, /^\d+ errors.* root causes on \d+ Windows/m);
}

test('on a fresh machine the Debian package installs, diagnoses, and is gone once it is removed', async t => {
  t.timeout(900_000);
  const root = await machine(t);
  // Its dependencies are there, so it is not forced.
  const [, file = ''] = /(kubectl-win_\S+)/.exec(installLine('dpkg', url)) ?? [];
  put(root, join(release, file), `root/${file}`);
  if (isFull) t.like(await runIn(root, installLine('dpkg', url)), {code: 0});
  else await run('dpkg', [`--root=${root}`, '--install', join(release, file)]);
  await diagnoses(t, root);
  const manual = join(root, 'usr/share/man/man1/kubectl-win.1.gz');
  // A minimal Debian may be told to leave manuals out.
  if (!isFull) t.regex(gunzipSync(readFileSync(manual)).toString(), /\.SS "kubectl win doctor"/);
  await run('dpkg', [`--root=${root}`, '--remove', 'kubectl-win']);
  t.false(existsSync(join(root, 'usr/bin/kubectl-win')));
});

test('on a fresh machine the archive is unpacked and diagnoses', async t => {
  t.timeout(900_000);
  const root = await machine(t);
  const line = installLine('tar', url);
  const [file = ''] = /kubectl-win-\S+/.exec(line) ?? [];
  put(root, join(release, file), `root/${file}`);
  t.like(await runIn(root, line), {code: 0});
  await diagnoses(t, root);
});

test('on a fresh machine krew installs from its manifest, and kubectl finds the plugin', async t => {
  t.timeout(900_000);
  const root = await machine(t);
  putKrew(root, join(await buildForTest('krew', line => console.error(line)), 'krew'));
  const done = await runIn(root, installLine('kubectl krew', url));
  t.is(done.code, 0, done.stderr);
  await diagnoses(t, root);
});

test('on a fresh machine with Node.js the npm package runs, installed and not, and asks no registry', async t => {
  t.timeout(900_000);
  const root = await machine(t);
  await putNode(root);
  // Nothing answers there.
  const env = {
    npm_config_registry: 'http://127.0.0.1:1/',
    npm_config_fetch_retries: '0',
    npm_config_audit: 'false',
  };
  const once = await runIn(root, installLine('npx', url), env);
  t.is(once.code, 1, once.stderr);
  t.regex(once.stdout, /^\d+ errors.* root causes/m);
  const installed = await runIn(root, installLine('npm', url), env);
  t.is(installed.code, 0, installed.stderr);
  await diagnoses(t, root);
  t.deepEqual(readdirSync(join(root, 'usr/local/lib/node_modules')).toSorted(), ['kubectl-win', 'npm']);
  const words = await runIn(root, 'kubectl __completeNoDesc win doct');
  t.regex(words.stdout, /^doctor$/m);
});

test("krew's own validator accepts the manifest", async t => {
  t.timeout(600_000);
  const tools = await buildForTest('krew', line => console.error(line));
  const args = ['-manifest', join(release, 'win.yaml'), '-skip-install'];
  await t.notThrowsAsync(run(join(tools, 'validate-krew-manifest'), args));
});

test('the executable needs nothing beside it: no Node.js, no checkout, no home', async t => {
  const {path} = await buildProgram({
    program: 'plugin',
    platform: 'linux/amd64',
    say: line => console.error(line),
  });
  const folder = folderWith(t, {'sick.yaml': SICK, 'config.yaml': 'explain: {output: json}\n'});
  const env = {PATH: '/nowhere', HOME: join(folder, 'no home')};
  t.regex((await run(path, ['explain', 'NOD001'], {env, cwd: folder})).stdout, /node-not-ready/);
  t.regex((await run(path, ['--help'], {env, cwd: folder})).stdout, /^Commands:$/m);
  t.regex(
    (await run(path, ['explain', 'NOD001', '-o', 'yaml'], {env, cwd: folder})).stdout,
    /^ +id: NOD001$|^ +- id: NOD001$/m,
  );
  const own = {...env, KUBECTL_WIN_CONFIG: join(folder, 'config.yaml')};
  t.regex((await run(path, ['explain', 'NOD001'], {env: own, cwd: folder})).stdout, /"id": "NOD001"/);
  const failed = await t.throwsAsync<Error & {code: number; stdout: string}>(
    run(path, ['lint', 'sick.yaml'], {env, cwd: folder}),
  );
  t.is(failed?.code, 1);
  t.regex(failed?.stdout ?? '', /POD001/);
  const wrong = await t.throwsAsync<Error & {code: number; stderr: string}>(run(path, ['dcotor'], {env}));
  t.is(wrong?.code, 2);
  t.regex(wrong?.stderr ?? '', /Did you mean `kubectl win doctor`/);
});

if (isFull)
  test('of every platform there is an executable for that platform, signed where it must be', async t => {
    t.timeout(900_000);
    const quill = await buildForTest('quill', line => console.error(line));
    process.env['PATH'] = `${process.env['PATH'] ?? ''}:${quill}`;
    for (const platform of PLATFORM_NAMES) {
      const {path} = await buildProgram({program: 'plugin', platform, say: line => console.error(line)});
      t.is(machineOf(readFileSync(path)), platform);
      if (!platform.startsWith('darwin')) continue;
      const {stdout} = await run(join(quill, 'quill'), ['describe', '--quiet', path]);
      t.regex(stdout, /Flags: +adhoc\n +ID: +kubectl-win\n/, platform);
    }
  });

test('the Windows executable prints version, explain, lint and doctor --from', async t => {
  t.timeout(600_000);
  const {path} = await buildProgram({
    program: 'plugin',
    platform: 'windows/amd64',
    say: line => console.error(line),
  });
  const prefix = await winePrefix(t);
  const bundle = bundleFolder(t, healthyWithAgents());
  const folder = folderWith(t, {'sick.yaml': SICK});
  const win = async (...args: string[]): Promise<{code: number | null; text: string}> => {
    const output = join(folder, 'output.txt');
    // Under Wine a Node.js cannot open a pipe as its standard output: it writes to a file.
    const {code, stderr} = await runExe(
      prefix,
      ['/c', `${winPath(path)} ${args.join(' ')} > ${winPath(output)}`],
      {
        exe: 'cmd',
      },
    );
    return {code, text: readFileSync(output, 'utf8') + stderr};
  };
  t.regex((await win('version', '--client')).text, /Client Version: v\d/);
  t.regex((await win('explain', '0x803b0013')).text, /HCN_E_PORT_ALREADY_EXISTS|0x803b0013/i);
  const lint = await win('lint', winPath(join(folder, 'sick.yaml')));
  t.regex(lint.text, /POD001/);
  t.is(lint.code, 1);
  const doctor = await win('doctor', '--from', winPath(bundle), '--fail-on', 'never');
  t.regex(doctor.text, /on 2 Windows and 1 Linux node/);
  t.is(doctor.code, 0);
});
