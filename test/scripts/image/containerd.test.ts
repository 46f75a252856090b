import {execFile, execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {buildImage} from '../../../scripts/image/build.ts';
import {agentVersion} from '../../../agent/config/version.ts';
import {tempDir} from '../../helpers/archives.ts';

const started = promisify(execFile);
const NAME = 'example.test/agent';

test.beforeEach(t => t.timeout(600_000));

/** A real containerd of its own, and `ctr` that talks to it. */
async function containerd(t: ExecutionContext): Promise<(...args: readonly string[]) => Promise<string>> {
  if (!existsSync('/usr/bin/containerd')) throw new Error('containerd is missing: run scripts/test-packages');
  // A socket's path may have 107 bytes.
  const folder = mkdtempSync('/tmp/ctd-');
  const socket = join(folder, 's');
  const config = join(folder, 'config.toml');
  writeFileSync(
    config,
    `version = 2
root = "${folder}/root"
state = "${folder}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "${socket}"
`,
  );
  const daemon = spawn('/usr/bin/containerd', ['-c', config], {stdio: 'ignore'});
  const ended = new Promise(resolve => daemon.on('close', resolve));
  t.teardown(async () => {
    daemon.kill();
    await ended;
    rmSync(folder, {recursive: true, force: true});
  });
  while (!existsSync(socket)) await Promise.race([sleep(50), ended]);
  return async (...args) => (await started('/usr/bin/ctr', ['-a', socket, ...args])).stdout;
}

/** What runs a command in an image of one of our programs, read-only. */
async function running(
  t: ExecutionContext,
  program: 'agent' | 'plugin',
): Promise<(...command: readonly string[]) => Promise<string>> {
  const folder = join(tempDir(t), 'image');
  const {digest} = await buildImage({
    program,
    folder,
    name: NAME,
    tag: 'v1',
    time: new Date('2026-01-01T00:00:00Z'),
    say: line => console.error(line),
    platforms: ['linux/amd64'],
  });
  const archive = join(tempDir(t), 'image.tar');
  execFileSync('tar', ['-C', folder, '-cf', archive, '.']);
  const ctr = await containerd(t);
  await ctr('images', 'import', '--snapshotter', 'native', archive);
  t.true((await ctr('images', 'ls')).includes(digest));
  return (...command) =>
    ctr('run', '--rm', '--read-only', '--snapshotter', 'native', `${NAME}:v1`, `${program}-test`, ...command);
}

test('a real containerd imports the image and runs the agent of its platform on a read-only root', async t => {
  const run = await running(t, 'agent');
  t.is(await run('/kubectl-win-agent', 'version'), `${agentVersion()}\n`);
  const line = await run('/kubectl-win-agent', 'snapshot', '--collectors', 'logs', '--node-name', 'n');
  t.like(JSON.parse(line) as object, {key: 'logs', ok: false, reason: 'unsupported'});
});

test('the image of the plugin has what `net schedule` runs, as its entry point and for nobody in particular', async t => {
  const run = await running(t, 'plugin');
  t.regex(await run(), /Usage: kubectl win COMMAND/);
  t.regex(await run('/kubectl-win', 'version', '--client'), /\d+\.\d+\.\d+/);
  t.regex(await run('/kubectl-win', 'net', 'check', '--help'), /--push-gateway/);
});
