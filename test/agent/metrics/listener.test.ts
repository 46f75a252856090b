import {X509Certificate} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer, request} from 'node:https';
import type {AddressInfo} from 'node:net';
import {connect} from 'node:net';
import {join} from 'node:path';
import type {TLSSocket} from 'node:tls';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {startMetrics} from '../../../agent/metrics/start.ts';
import type {RunningMetrics} from '../../../agent/metrics/start.ts';
import {ListenError} from '../../../agent/server/listen.ts';
import {read, send} from '../../helpers/agent/client.ts';
import type {Answer} from '../../helpers/agent/client.ts';
import {selfSigned} from '../../helpers/agent/tls.ts';

interface Scene {
  readonly running: RunningMetrics;
  readonly tls: {cert: string; key: string};
  /** Paths and bodies that the API server was asked. */
  readonly asked: Array<{path: string; token: string; body: {spec: Record<string, unknown>}}>;
  readonly scrape: (token?: string, path?: string) => Promise<Answer>;
  time: number;
}

/** A metrics listener, and an API server that knows two tokens: `good` may scrape, `poor` may not. */
async function scene(t: ExecutionContext, status = 201): Promise<Scene> {
  const tls = selfSigned(t);
  const asked: Scene['asked'] = [];
  const api = createServer(
    {cert: readFileSync(tls.cert), key: readFileSync(tls.key)},
    (incoming, response) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
      incoming.on('end', () => {
        const body = JSON.parse(text);
        asked.push({path: incoming.url ?? '', token: incoming.headers.authorization ?? '', body});
        response.writeHead(status, {'content-type': 'application/json'});
        response.end(JSON.stringify({status: verdict(body)}));
      });
    },
  );
  await new Promise<void>(done => api.listen(0, '127.0.0.1', done));
  t.teardown(() => api.close());
  const tokenFile = join(tls.folder, 'token');
  writeFileSync(tokenFile, 'own-token\n');
  const url = new URL(`https://127.0.0.1:${(api.address() as AddressInfo).port}`);
  const all: {time: number} = {time: 0};
  const running = await startMetrics(
    {
      host: '127.0.0.1',
      port: 0,
      certFile: tls.cert,
      keyFile: tls.key,
      api: {url, caFile: tls.cert, tokenFile},
    },
    () => all.time,
  );
  t.teardown(() => running.close());
  const scrape = async (token?: string, path = '/metrics'): Promise<Answer> =>
    await read(
      await send(
        request({
          host: '127.0.0.1',
          port: running.port,
          path,
          ca: readFileSync(tls.cert),
          agent: false,
          headers: token === undefined ? {} : {authorization: `Bearer ${token}`},
        }),
      ),
    );
  return Object.assign(all, {running, tls, asked, scrape});
}

function verdict({kind, spec}: {kind: string; spec: Record<string, unknown>}): object {
  if (kind === 'SubjectAccessReview') return {allowed: spec['user'] === 'good'};
  const {token} = spec;
  return token === 'good' || token === 'poor'
    ? {authenticated: true, user: {username: token, groups: ['g']}}
    : {authenticated: false};
}

test('a scraper whom the API server vouches for gets OpenMetrics', async t => {
  const {running, scrape, asked} = await scene(t);
  running.observer.request('snapshot', 200, 120);
  running.observer.line('system', 'ok', 30);
  running.observer.line('system', 'timeout', 5000);
  const {status, text, headers} = await scrape('good');
  t.is(status, 200);
  t.regex(headers['content-type'] ?? '', /^application\/openmetrics-text; version=1\.0\.0/);
  t.true(text.endsWith('# EOF\n'));
  t.regex(text, /^kubectl_win_requests_total\{route="snapshot",status="200"\} 1$/m);
  t.regex(text, /^kubectl_win_collector_files_total\{collector="system",outcome="timeout"\} 1$/m);
  t.regex(text, /^kubectl_win_resident_bytes \d+$/m);
  t.deepEqual(
    text.split('\n').filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('kubectl_win_')),
    [],
  );
  t.deepEqual(
    asked.map(({path, token}) => [path, token]),
    [
      ['/apis/authentication.k8s.io/v1/tokenreviews', 'Bearer own-token'],
      ['/apis/authorization.k8s.io/v1/subjectaccessreviews', 'Bearer own-token'],
    ],
  );
  t.deepEqual(asked[1]?.body.spec, {
    user: 'good',
    groups: ['g'],
    nonResourceAttributes: {path: '/metrics', verb: 'get'},
  });
});

test('everybody else gets nothing', async t => {
  const {scrape} = await scene(t);
  t.deepEqual(
    [(await scrape()).status, (await scrape('stranger')).status, (await scrape('poor')).status],
    [401, 401, 403],
  );
  t.is((await scrape('good', '/v1/healthz')).status, 404);
  t.is((await scrape('good', '/metrics?x')).status, 404);
});

test('a verdict is kept for a minute, a refusal for ten seconds', async t => {
  const all = await scene(t);
  await all.scrape('good');
  await all.scrape('good');
  t.is(all.asked.length, 2);
  await all.scrape('stranger');
  await all.scrape('stranger');
  t.is(all.asked.length, 3);
  all.time = 11_000;
  await all.scrape('stranger');
  await all.scrape('good');
  t.is(all.asked.length, 4);
  all.time = 61_000;
  await all.scrape('good');
  t.is(all.asked.length, 6);
});

test('without the API server nobody is let in', async t => {
  const {scrape} = await scene(t, 500);
  t.is((await scrape('good')).status, 503);
});

test('plain HTTP is not served', async t => {
  const {running} = await scene(t);
  const socket = connect(running.port, '127.0.0.1');
  socket.write('GET /metrics HTTP/1.1\r\nhost: a\r\nauthorization: Bearer good\r\n\r\n');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1'))).on('error', () => undefined);
  await new Promise(done => socket.on('close', done));
  t.false(text.includes('200 OK') || text.includes('kubectl_win_'));
});

test('a renewed certificate is used without a restart, a broken one is not', async t => {
  const {running, tls} = await scene(t);
  const other = selfSigned(t);
  const [first, second] = [readFileSync(tls.cert), readFileSync(other.cert)].map(
    pem => new X509Certificate(pem),
  );
  // Any request has the files looked at, for the connections after it.
  await served(running);
  writeFileSync(tls.cert, 'no certificate');
  await served(running);
  t.is(await served(running), first?.fingerprint256 ?? '');
  writeFileSync(tls.cert, readFileSync(other.cert));
  writeFileSync(tls.key, readFileSync(other.key));
  await served(running);
  t.is(await served(running), second?.fingerprint256 ?? '');
});

/** Asks for something, and gives the fingerprint of the certificate that was served. */
async function served({port}: RunningMetrics): Promise<string> {
  const options = {host: '127.0.0.1', port, path: '/', agent: false, rejectUnauthorized: false};
  const response = await send(request(options));
  const {fingerprint256} = (response.socket as TLSSocket).getPeerCertificate();
  await read(response);
  return fingerprint256;
}

test('a certificate that is absent is told in one line', async t => {
  const {tls} = await scene(t);
  const api = {url: new URL('https://127.0.0.1'), caFile: tls.cert, tokenFile: tls.cert};
  await t.throwsAsync(
    startMetrics({host: '127.0.0.1', port: 0, certFile: '/nonexistent', keyFile: tls.key, api}, () => 0),
    {instanceOf: ListenError, message: /^metrics: ENOENT: no such file or directory, .*'\/nonexistent'$/},
  );
});
