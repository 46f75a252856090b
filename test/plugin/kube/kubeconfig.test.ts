import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {UserError} from '../../../plugin/errors.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';

/** A folder with these files; gives the path of a name in it. */
function folder(t: ExecutionContext, files: Record<string, string>): (name: string) => string {
  const root = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));
  t.teardown(() => rmSync(root, {recursive: true}));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), {recursive: true});
    writeFileSync(path.join(root, name), content);
  }
  return name => path.join(root, name);
}

function config(name: string, server: string, more = ''): string {
  return `
clusters: [{name: c, cluster: {server: "${server}"}}]
users: [{name: u, user: {token: token-of-${name}}}]
contexts: [{name: ${name}, context: {cluster: c, user: u, namespace: ns-${name}}}]
${more}`;
}

const NO_ENV = {HOME: '/nonexistent'};

test('of a name that two files of KUBECONFIG have, the first file counts', t => {
  const at = folder(t, {
    one: config('one', 'https://one:6443'),
    two: config('two', 'https://two:6443', 'current-context: two'),
  });
  const access = loadKubeconfig({}, {KUBECONFIG: [at('one'), at('missing'), at('two')].join(path.delimiter)});
  t.is(access.name, 'two');
  t.is(access.server, 'https://one:6443');
  t.is(access.user.token, 'token-of-one');
  t.is(access.namespace, 'ns-two');
});

test('the first current context that is set counts', t => {
  const at = folder(t, {
    one: config('one', 'https://one', 'current-context: one'),
    two: config('two', 'https://two', 'current-context: two'),
  });
  t.is(loadKubeconfig({}, {KUBECONFIG: [at('one'), at('two')].join(path.delimiter)}).name, 'one');
});

test('--kubeconfig leaves KUBECONFIG out', t => {
  const at = folder(t, {
    one: config('one', 'https://one', 'current-context: one'),
    two: config('two', 'https://two', 'current-context: two'),
  });
  t.is(loadKubeconfig({kubeconfig: at('two')}, {KUBECONFIG: at('one')}).server, 'https://two');
});

test('~/.kube/config is read where nothing else is named', t => {
  const at = folder(t, {'.kube/config': config('home', 'https://home', 'current-context: home')});
  t.is(loadKubeconfig({}, {HOME: at('.')}).server, 'https://home');
});

test('relative paths count from the file that names them', t => {
  const at = folder(t, {
    'a/config': `
current-context: x
clusters: [{name: c, cluster: {server: "https://s", certificate-authority: pki/ca.crt}}]
users: [{name: u, user: {client-certificate: ../me.crt, client-key: /abs/me.key, exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1}}}]
contexts: [{name: x, context: {cluster: c, user: u}}]`,
  });
  const {cluster, user} = loadKubeconfig({kubeconfig: at('a/config')}, NO_ENV);
  t.is(cluster['certificate-authority'], at('a/pki/ca.crt'));
  t.is(user['client-certificate'], at('me.crt'));
  t.is(user['client-key'], '/abs/me.key');
  t.is(user.exec?.command, at('a/login'));
});

test('flags override single fields', t => {
  const at = folder(t, {one: config('one', 'https://one', 'current-context: one')});
  const access = loadKubeconfig(
    {
      kubeconfig: at('one'),
      server: 'https://other:6443/base/',
      token: 'invented',
      namespace: 'mine',
      as: 'jane',
      asGroups: ['dev'],
      insecureSkipTlsVerify: true,
      requestTimeout: '1m30s',
    },
    NO_ENV,
  );
  t.like(access, {server: 'https://other:6443/base', namespace: 'mine', requestTimeoutMs: 90_000});
  t.is(access.user.token, 'invented');
  t.deepEqual(access.impersonate, {user: 'jane', groups: ['dev'], extra: {}});
  t.true(access.cluster['insecure-skip-tls-verify']);
});

test('--user and --cluster choose other entries than the context', t => {
  const more = `
current-context: one
`;
  const at = folder(t, {
    one:
      config('one', 'https://one', more).replace('users: [', 'users: [{name: v, user: {token: of-v}}, ') +
      '\n',
  });
  t.is(loadKubeconfig({kubeconfig: at('one'), user: 'v'}, NO_ENV).user.token, 'of-v');
  t.throws(() => loadKubeconfig({kubeconfig: at('one'), cluster: 'nope'}, NO_ENV), {
    message: '`--cluster` names the cluster `nope`, which the kubeconfig does not have',
  });
});

test('an address alone is enough, with http where nothing speaks of TLS', t => {
  t.is(loadKubeconfig({server: 'localhost:8080'}, NO_ENV).server, 'http://localhost:8080');
  t.is(loadKubeconfig({server: 'h:6443', insecureSkipTlsVerify: true}, NO_ENV).server, 'https://h:6443');
});

/** Expects one clear line and exit code 3 (or another). */
function refuses(
  t: ExecutionContext,
  [options, env]: Parameters<typeof loadKubeconfig>,
  message: RegExp,
  exitCode = 3,
): void {
  const error = t.throws(() => loadKubeconfig(options, env), {instanceOf: UserError, message});
  t.is(error?.exitCode, exitCode);
  t.true((error?.fix.length ?? 0) > 0);
  t.false(error?.message.includes('\n'));
}

test('no kubeconfig at all is said with the place that was looked at', t => {
  refuses(t, [{}, NO_ENV], /^no kubeconfig was found: looked for \/nonexistent\/\.kube\/config$/);
});

test('a named file that does not exist is an error', t => {
  refuses(t, [{kubeconfig: '/no/such'}, NO_ENV], /^kubeconfig \/no\/such does not exist$/);
});

test('a context that does not exist is named, with those that do', t => {
  const at = folder(t, {one: config('one', 'https://one')});
  refuses(t, [{kubeconfig: at('one'), context: 'nope'}, NO_ENV], /^context `nope` does not exist in /);
});

test('no current context is an error that names the contexts', t => {
  const at = folder(t, {one: config('one', 'https://one')});
  refuses(t, [{kubeconfig: at('one')}, NO_ENV], /sets no current context$/);
});

test('broken YAML is an error with its place', t => {
  const at = folder(t, {one: 'clusters: [{name: c\nusers: }'});
  refuses(t, [{kubeconfig: at('one')}, NO_ENV], /^kubeconfig .* is invalid: .* at line 2/);
});

test('a field of a wrong type is an error with its place', t => {
  const at = folder(t, {one: 'clusters: [{name: c, cluster: {server: 5}}]'});
  refuses(
    t,
    [{kubeconfig: at('one')}, NO_ENV],
    /\/clusters\/0\/cluster\/server is a number, a string is wanted$/,
  );
});

test('a name twice in one file is an error, as for kubectl', t => {
  const at = folder(t, {one: 'users: [{name: u, user: {}}, {name: u, user: {}}]'});
  refuses(t, [{kubeconfig: at('one')}, NO_ENV], /the name `u` stands in it twice$/);
});

test('a timeout that is no time, and groups without a user, are usage errors', t => {
  refuses(
    t,
    [{server: 'https://s', requestTimeout: 'soon'}, NO_ENV],
    /`--request-timeout soon` is no time/,
    2,
  );
  refuses(t, [{server: 'https://s', asGroups: ['dev']}, NO_ENV], /impersonated without a user/, 2);
});
