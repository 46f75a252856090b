import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {ExternalError, UserError} from '../../../plugin/errors.ts';
import type {Access} from '../../../plugin/kube/access.ts';
import {status} from './api-double.ts';
import {collect, double, seen} from './live.ts';

const V1 = 'client.authentication.k8s.io/v1';

/** A plug-in that notes each call and what it was told, then does what `body` says; `$n` is how often it has run. */
function plugin(
  t: ExecutionContext,
  body: string,
): {command: string; calls: () => number; info: () => unknown} {
  const root = mkdtempSync(path.join(tmpdir(), 'exec-plugin-'));
  t.teardown(() => rmSync(root, {recursive: true}));
  const command = path.join(root, 'login');
  const calls = path.join(root, 'calls');
  const info = path.join(root, 'info');
  writeFileSync(
    command,
    `#!/bin/sh\necho x >> ${calls}\nn=$(wc -l < ${calls} | tr -d ' ')\nprintf '%s' "$KUBERNETES_EXEC_INFO" > ${info}\n${body}\n`,
  );
  chmodSync(command, 0o755);
  return {
    command,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n').length : 0),
    info: () => JSON.parse(readFileSync(info, 'utf8')),
  };
}

function credential(token: string, more = ''): string {
  return `cat <<EOF\n{"apiVersion":"${V1}","kind":"ExecCredential","status":{"token":"${token}"${more}}}\nEOF`;
}

function user(command: string, more: object = {}): Pick<Access, 'user'> {
  return {user: {exec: {command, apiVersion: V1, interactiveMode: 'Never', ...more}}};
}

test('parallel requests run the plug-in once', async t => {
  const login = plugin(t, `sleep 0.2; ${credential('tok-$n')}`);
  const api = await double(t);
  const live = await collect(api, {access: api.access(user(login.command))});
  t.is(seen(live, 'nodes').count, 3);
  t.is(login.calls(), 1);
  t.deepEqual([...new Set(api.seen.map(s => s.headers.authorization))], ['Bearer tok-1']);
});

test('the plug-in is told of the call, and of the cluster where it wants to know', async t => {
  const login = plugin(t, credential('tok'));
  const api = await double(t);
  const access = api.access({
    ...user(login.command, {provideClusterInfo: true}),
    cluster: {extensions: [{name: 'client.authentication.k8s.io/exec', extension: {audience: 'a'}}]},
  });
  await collect(api, {access});
  t.deepEqual(login.info(), {
    apiVersion: V1,
    kind: 'ExecCredential',
    spec: {interactive: false, cluster: {server: api.url, config: {audience: 'a'}}},
  });
});

test('a token that the server refuses is renewed once, however many requests were refused', async t => {
  const login = plugin(t, credential('tok-$n'));
  const api = await double(t, ({headers, path: at}, r) => {
    if (headers.authorization !== 'Bearer tok-1' || at === '/version') return false;
    status(r, 401, 'Unauthorized', 'Unauthorized');
    return true;
  });
  const live = await collect(api, {access: api.access(user(login.command))});
  t.is(seen(live, 'pods').gap, '');
  t.is(login.calls(), 2);
});

test('a token that stays refused is an error, not a loop', async t => {
  const login = plugin(t, credential('tok-$n'));
  const api = await double(t, (_, r) => {
    status(r, 401, 'Unauthorized', 'Unauthorized');
    return true;
  });
  const error = await t.throwsAsync(collect(api, {access: api.access(user(login.command))}), {
    instanceOf: ExternalError,
  });
  t.is(error?.code, 'unauthorized');
  t.is(login.calls(), 2);
});

test('a token past its time is renewed before it is used again', async t => {
  const login = plugin(t, credential('tok-$n', ',"expirationTimestamp":"2020-01-01T00:00:00Z"'));
  const api = await double(t);
  await collect(api, {access: api.access(user(login.command)), keys: new Set(['nodes'] as const)});
  t.true(login.calls() >= 2);
});

/** Expects the one line that a failing plug-in gives. */
async function fails(t: ExecutionContext, body: string, message: RegExp): Promise<void> {
  const login = plugin(t, body);
  const api = await double(t);
  const error = await t.throwsAsync(collect(api, {access: api.access(user(login.command))}), {
    instanceOf: ExternalError,
    message,
  });
  t.is(error?.exitCode, 3);
}

test('a plug-in that fails is named with its code and last words', t =>
  fails(
    t,
    'echo "please log in" >&2; exit 7',
    /login` gave no credentials: it exited with 7: please log in$/,
  ));

test('output that is no credential is said to be that', t =>
  fails(t, 'echo hello', /its output is no ExecCredential$/));

test('a credential in another version than agreed is refused', t =>
  fails(
    t,
    `echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"x"}}'`,
    /it answered in client\.authentication\.k8s\.io\/v1beta1, the kubeconfig says/,
  ));

test('a credential without a token or certificate is refused', t =>
  fails(t, `echo '{"apiVersion":"${V1}","status":{}}'`, /it gave neither a token nor a certificate$/));

test('a plug-in that is not installed gives its own hint', async t => {
  const api = await double(t);
  const access = api.access(user('no-such-plugin', {installHint: 'get it from example.org'}));
  const error = await t.throwsAsync(collect(api, {access}), {instanceOf: UserError});
  t.is(error?.message, 'the credential plug-in `no-such-plugin` of the kubeconfig is not installed');
  t.deepEqual(error?.fix, ['get it from example.org']);
});

test('Ctrl-C ends a plug-in that hangs', async t => {
  const login = plugin(t, 'exec sleep 30');
  const api = await double(t);
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 300);
  const started = performance.now();
  const error = await t.throwsAsync(
    collect(api, {access: api.access(user(login.command)), signal: abort.signal}),
  );
  t.is(error?.name, 'AbortError');
  t.true(performance.now() - started < 2000);
});
