import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {describeError} from '../../plugin/failure.ts';
import {ConnectionError} from '../../plugin/kube/api-error.ts';
import {ExecPlugin} from '../../plugin/kube/exec-plugin.ts';
import {writeResult} from '../../plugin/services/result.ts';
import {ApiDouble} from '../plugin/kube/api-double.ts';
import {collect, double} from '../plugin/kube/live.ts';

test('a redirect is not followed, and the credentials go nowhere else', async t => {
  const other = await new ApiDouble([]).start();
  t.teardown(() => other.stop());
  const api = await double(t, (_, response) => {
    response.writeHead(302, {location: `${other.url}/login?token=invented`}).end();
    return true;
  });
  const error = await t.throwsAsync(collect(api), {instanceOf: ConnectionError});
  t.is(error?.message, `GET /version is redirected to ${other.url}, which an API server never does`);
  t.deepEqual(other.paths(), []);
});

test('a login page instead of an API server is told in one line', async t => {
  const api = await double(t, (_, response) => {
    response.writeHead(200, {'content-type': 'text/html'}).end('<html><title>Log in</title>');
    return true;
  });
  await t.throwsAsync(collect(api), {message: 'the answer to GET /version is no JSON object'});
});

test('a gzip bomb is cut off', async t => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
  const api = await double(t, (_, response) => {
    response.writeHead(200, {'content-encoding': 'gzip'}).end(bomb);
    return true;
  });
  await t.throwsAsync(collect(api), {message: /^the answer to GET \/version is larger than \d+ bytes$/});
});

test('an answer that drips for ever ends at the deadline', async t => {
  const api = await double(t, (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
    return true;
  });
  const access = api.access({requestTimeoutMs: 700});
  await t.throwsAsync(collect(api, {access}), {message: 'GET /version took longer than 700 ms'});
});

function plugin(script: string): Promise<unknown> {
  const entry = {
    command: process.execPath,
    args: ['-e', script],
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
  };
  const access = {name: 'x', server: 'https://127.0.0.1:1', namespace: 'default', cluster: {}, user: {}};
  return new ExecPlugin(entry, access, 1500).current(new AbortController().signal);
}

test('a credential plug-in that hangs is ended', async t => {
  await t.throwsAsync(plugin('setInterval(() => {}, 1000)'), {message: /it did not end within 1.5 s$/});
});

test('a credential plug-in that prints without end is ended', async t => {
  await t.throwsAsync(plugin("const f = () => process.stdout.write('x'.repeat(65536), f); f()"), {
    message: /it printed more than any credential has$/,
  });
});

test('what a failure quotes neither acts on a terminal nor tells a secret', t => {
  const {text} = describeError(
    new ConnectionError('garbage', 'bad \u001b[2J\u202e https://u:invented-1@h password=invented-2'),
    [],
  );
  t.is(text, String.raw`error: bad \x1b[2J\u202e https://***@h password=***` + '\n');
});

function folder(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'kubectl-win-'));
  t.teardown(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

test('an output file replaces a planted link instead of following it, and only its owner may read it', async t => {
  const at = folder(t);
  const victim = join(at, 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, join(at, 'report'));
  await writeResult('report\n', join(at, 'report'));
  t.is(readFileSync(victim, 'utf8'), 'untouched');
  t.true(lstatSync(join(at, 'report')).isFile());
  t.is(statSync(join(at, 'report')).mode & 0o777, 0o600);
  t.deepEqual(readdirSync(at).sort(), ['report', 'victim']);
});

test('a link that waits under the name of the partial file is refused and left alone', async t => {
  const at = folder(t);
  const partial = join(at, `report.${process.pid}.partial`);
  symlinkSync(join(at, 'victim'), partial);
  await t.throwsAsync(writeResult('report\n', join(at, 'report')), {message: /cannot be written/});
  t.false(existsSync(join(at, 'victim')));
  t.true(lstatSync(partial).isSymbolicLink());
});

test('a device is written to, not replaced', async t => {
  await writeResult('report\n', '/dev/null');
  t.true(lstatSync('/dev/null').isCharacterDevice());
});
