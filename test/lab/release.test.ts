import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {gunzipSync} from 'node:zlib';
import ava from 'ava';
import {parse} from 'yaml';
import {archive} from '../../scripts/release/archive.ts';
import {buildForTest} from './parts/build.ts';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {folderWith} from '../helpers/cli.ts';
import {runExe, winPath, winePrefix} from '../helpers/wine.ts';
import {buildProgram} from '../../scripts/programs/program.ts';

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

let release: string;

test.before(async t => {
  t.timeout(600_000);
  release = join(repository, 'build', 'test-release');
  const args = [
    '--url',
    'https://example.com/releases',
    '--homepage',
    'https://example.com',
    '--output-folder',
    release,
  ];
  await run(process.execPath, [join(repository, 'scripts/build-release.ts'), ...args, ...PLATFORMS]);
});

test('a release has an archive for each platform, whose checksum is told everywhere', t => {
  const sums = readFileSync(join(release, 'SHA256SUMS'), 'utf8').trim().split('\n');
  t.is(sums.length, PLATFORMS.length + 1, 'an archive for each platform, and a Debian package');
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
    if (file.endsWith('.deb')) continue;
    t.true(
      krew.spec.platforms.some(p => p.sha256 === sum && p.uri === `https://example.com/releases/${file}`),
    );
    t.is(scoop.includes(sum), file.includes('windows'));
    t.is(winget.includes(sum.toUpperCase()), file.includes('windows'));
    t.is(homebrew.includes(sum), !file.includes('windows'));
  }
});

test('an archive is the same bytes however often it is made', async t => {
  const files = [{name: 'LICENSE', contents: Buffer.from('text'), executable: false}];
  for (const os of ['linux', 'windows'] as const)
    t.deepEqual(await archive(files, os), await archive(files, os));
});

test('the Debian package installs, runs, and is gone once it is removed', async t => {
  const root = folderWith(t, {});
  for (const folder of ['info', 'updates']) mkdirSync(join(root, 'var/lib/dpkg', folder), {recursive: true});
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  const [file = ''] = readFileSync(join(release, 'SHA256SUMS'), 'utf8').match(/\S+_amd64\.deb/) ?? [];
  // The root has no other package: what it depends on is this machine's.
  await run('dpkg', [`--root=${root}`, '--force-depends', '--install', join(release, file)]);
  const {stdout} = await run(join(root, 'usr/bin/kubectl-win'), ['version', '--client']);
  t.regex(stdout, /^Client Version: v\d/);
  const manual = join(root, 'usr/share/man/man1/kubectl-win.1.gz');
  t.regex(gunzipSync(readFileSync(manual)).toString(), /\.SS "kubectl win doctor"/);
  await run('dpkg', [`--root=${root}`, '--remove', 'kubectl-win']);
  t.false(existsSync(join(root, 'usr/bin/kubectl-win')));
});

test("krew's own validator accepts the manifest, and krew installs a plugin that kubectl would run", async t => {
  t.timeout(600_000);
  const tools = await buildForTest('krew', line => console.error(line));
  const home = folderWith(t, {});
  const manifest = join(release, 'win.yaml');
  await run(join(tools, 'validate-krew-manifest'), ['-manifest', manifest, '-skip-install']);
  const [file = ''] = readFileSync(join(release, 'SHA256SUMS'), 'utf8').match(/\S+linux-amd64\S+/) ?? [];
  const env = {KREW_ROOT: join(home, 'krew'), HOME: home, PATH: '/usr/bin:/bin', KREW_OS: 'linux'};
  await run(join(tools, 'krew'), ['install', `--manifest=${manifest}`, `--archive=${join(release, file)}`], {
    env,
  });
  const {stdout} = await run(join(home, 'krew', 'bin', 'kubectl-win'), ['version', '--client'], {env});
  t.regex(stdout, /^Client Version: v\d+\.\d+\.\d+\n$/);
});

test('the executable needs nothing beside it: no Node.js, no checkout, no home', async t => {
  const {path} = await buildProgram({
    program: 'plugin',
    platform: 'linux/amd64',
    say: line => console.error(line),
  });
  const folder = folderWith(t, {'sick.yaml': SICK});
  const env = {PATH: '/nowhere', HOME: join(folder, 'no home')};
  t.regex((await run(path, ['explain', 'NOD001'], {env, cwd: folder})).stdout, /node-not-ready/);
  t.regex((await run(path, ['--help'], {env, cwd: folder})).stdout, /COMMANDS/);
  const failed = await t.throwsAsync<Error & {code: number; stdout: string}>(
    run(path, ['lint', 'sick.yaml'], {env, cwd: folder}),
  );
  t.is(failed?.code, 1);
  t.regex(failed?.stdout ?? '', /POD001/);
  const wrong = await t.throwsAsync<Error & {code: number; stderr: string}>(run(path, ['dcotor'], {env}));
  t.is(wrong?.code, 2);
  t.regex(wrong?.stderr ?? '', /Did you mean `kubectl win doctor`/);
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
