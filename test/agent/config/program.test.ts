import {execFile, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {agentConfig, readPort} from '../../../agent/config/agent-config.ts';
import {UsageError} from '../../../agent/config/usage.ts';
import {selfCommand} from '../../../agent/child/self.ts';
import {readHealth} from '../../../src/protocol/answers.ts';
import {AGENT_PORT} from '../../../src/protocol/names.ts';
import {selfSigned} from '../../helpers/agent/tls.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'agent', 'main.ts');

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real program to its end. */
async function run(...args: string[]): Promise<Ended> {
  return await new Promise(resolve => {
    const child = execFile(process.execPath, [MAIN, ...args], (_, stdout, stderr) =>
      resolve({code: child.exitCode, stdout, stderr}),
    );
  });
}

test('a command that does not exist is told in one line with those that do', async t => {
  for (const args of [[], ['steal'], ['--help']]) {
    const {code, stderr} = await run(...args);
    t.is(code, 2);
    t.regex(stderr, /^kubectl-win-agent: there is no command ".*": it is serve, connect, .*version\n$/);
  }
});

test('a flag that does not exist is told in one line with those that do', async t => {
  const {code, stderr} = await run('serve', '--listen', '0.0.0.0');
  t.is(code, 2);
  t.regex(stderr, /^kubectl-win-agent: Unknown option '--listen'; the flags are --node-name .*\n$/);
});

test('children start for their parent only', async t => {
  for (const args of [['child'], ['child', 'constructor'], ['child', '../x']]) {
    const {code, stdout, stderr} = await run(...args);
    t.deepEqual(
      [code, stdout, stderr],
      [2, '', 'kubectl-win-agent: this program starts its child processes itself\n'],
    );
  }
});

test('a port that is taken is told in one line, and ends the program, with metrics or without', async t => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => other.once('listening', resolve));
  t.teardown(() => other.close());
  const {port} = other.address() as AddressInfo;
  const tls = selfSigned(t);
  const api = ['--metrics-api-server', 'https://127.0.0.1', '--metrics-api-ca-file', tls.cert];
  const pair = ['--metrics-cert-file', tls.cert, '--metrics-key-file', tls.key];
  const scraped = [...api, ...pair, '--metrics-api-token-file', '/none', '--metrics-address', '127.0.0.1:0'];
  const flags = ['--node-name', 'n1', '--key-file', '/none', '--port', String(port)];
  for (const more of [[], scraped]) {
    const {code, stderr} = await run('serve', ...flags, ...more);
    t.is(code, 3);
    t.is(
      stderr,
      `kubectl-win-agent: port ${port} on 127.0.0.1: another program has it: is an agent running already?\n`,
    );
  }
});

test('the real program serves on loopback alone', async t => {
  const child = spawn(process.execPath, [
    MAIN,
    'serve',
    '--node-name',
    'n1',
    '--key-file',
    '/none',
    '--port',
    '0',
  ]);
  t.teardown(() => child.kill('SIGKILL'));
  let log = '';
  child.stderr.setEncoding('utf8');
  await new Promise<void>(started =>
    child.stderr.on('data', (text: string) => (log += text).includes('"port"') && started()),
  );
  const port = /"port":(\d+)/.exec(log)?.[1] ?? '';
  const answer = await fetch(`http://127.0.0.1:${port}/v1/healthz`);
  t.like(readHealth(await answer.json()), {node: 'n1', status: 'ok'});
  await t.throwsAsync(fetch(`http://127.0.0.2:${port}/v1/healthz`));
  await t.throwsAsync(fetch(`http://[::1]:${port}/v1/healthz`));
});

test('the node is named by flag, by NODE_NAME, or by the system', t => {
  t.is(agentConfig({'node-name': 'a'}, {NODE_NAME: 'b'}).node, 'a');
  t.is(agentConfig({}, {NODE_NAME: 'b.example'}).node, 'b.example');
  for (const name of ['', 'A', 'a b', 'a\nb', '-a', 'a/b', 'x'.repeat(300)])
    t.throws(() => agentConfig({'node-name': name}, {}), {instanceOf: UsageError}, name);
});

test('the key is looked for in the container before the root of the drive', t => {
  const root = mkdtempSync(join(tmpdir(), 'agent-root-'));
  t.teardown(() => rmSync(root, {recursive: true}));
  const env = {NODE_NAME: 'n', CONTAINER_SANDBOX_MOUNT_POINT: root};
  t.is(agentConfig({}, env).keyFile, '/etc/kubectl-win/key');
  mkdirSync(join(root, 'etc', 'kubectl-win'), {recursive: true});
  writeFileSync(join(root, 'etc', 'kubectl-win', 'key'), '');
  t.is(agentConfig({}, env).keyFile, join(root, 'etc', 'kubectl-win', 'key'));
  t.is(agentConfig({'key-file': 'x'}, env).keyFile, 'x');
});

test('a port is a number that TCP has', t => {
  t.is(readPort('port', undefined), AGENT_PORT);
  t.is(readPort('port', '0'), 0);
  for (const text of ['', '-1', '65536', '1e3', 'http', '0x50'])
    t.throws(() => readPort('port', text), {message: /is no port from 0 to 65535/}, text);
});

test('run by Node.js, the program starts itself by its script', t => {
  t.deepEqual(selfCommand(), {file: process.execPath, args: [process.argv[1] ?? '']});
});
