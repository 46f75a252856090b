import {request} from 'node:http';
import type {IncomingHttpHeaders} from 'node:http';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {openCapture} from '../../../plugin/capture/open.ts';
import {Pages} from '../../../plugin/services/bundle/serve/pages.ts';
import type {Served} from '../../../plugin/services/bundle/serve/server.ts';
import {serveOn} from '../../../plugin/services/bundle/serve/server.ts';
import {renderHtml} from '../../../src/report/html/page.ts';
import {tempDir, tgzOf} from '../../helpers/archives.ts';
import {sickReport} from '../../helpers/report.ts';

const FILES = new Map<string, string | Uint8Array>([
  ['b/kubectl-win/report.html', '<script>alert(1)</script>'],
  ['b/logs/page.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['b/logs/utf16.log', Buffer.from('\uFEFFgrüße\r\n', 'utf16le')],
  ['b/logs/<img src=x onerror=alert(1)>.log', 'x'],
  ['b/top.txt', 'top'],
  ...Array.from({length: 600}, (_, i) => [`b/many/f${i}.txt`, 'x'] as const),
]);

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function get(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(address, {method, headers, agent: false}, response => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts).toString();
        resolve({status: response.statusCode ?? 0, headers: response.headers, body});
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** A server of the files, and how it is asked inside its session. */
async function served(t: ExecutionContext): Promise<{
  address: string;
  origin: string;
  cookie: string;
  inside: (path: string, headers?: Record<string, string>) => Promise<Got>;
}> {
  const path = join(tempDir(t), 'b.tar.gz');
  writeFileSync(path, await tgzOf(FILES));
  const pages = new Pages(await openCapture(path), () =>
    Promise.resolve(renderHtml(sickReport(), {files: '/files?at='})),
  );
  const server: Served = await serveOn(0, pages);
  t.teardown(() => server.close());
  const {origin} = new URL(server.address);
  const entered = await get(server.address);
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return {
    address: server.address,
    origin,
    cookie,
    inside: (where, headers) => get(origin + where, {cookie, ...headers}),
  };
}

test('the address that is printed hands over a strict cookie, and its token is not needed any more', async t => {
  const {address, inside} = await served(t);
  const entered = await get(address, {'sec-fetch-site': 'cross-site'});
  t.is(entered.status, 200);
  t.regex(
    entered.headers['set-cookie']?.[0] ?? '',
    /^kubectl-win-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  const token = address.split('/').at(-1) ?? '';
  t.false(JSON.stringify(entered.headers).includes(token) || entered.body.includes(token));
  const report = await inside('/');
  t.is(report.status, 200);
  t.regex(report.body, /<h1>3 errors/);
  t.regex(report.body, /<a href="\/files\?at=">Files<\/a>/);
});

test('without the token nothing is read, whatever is asked', async t => {
  const {origin, address, cookie} = await served(t);
  const wrong = cookie.replace(/.{4}$/, 'AAAA');
  for (const path of [
    '/',
    '/files',
    '/text?path=b/top.txt',
    '/download?path=b/top.txt',
    '/none',
    '/enter/',
    `/enter/${'A'.repeat(43)}`,
  ]) {
    t.is((await get(origin + path)).status, 403, path);
    t.is((await get(origin + path, {cookie: wrong})).status, 403, path);
  }
  const other = new URL(address);
  other.pathname = other.pathname.toLowerCase();
  t.true(other.href === address || (await get(other.href)).status === 403);
});

test('a name that was made to point to loopback is refused, also with the token', async t => {
  const {address, cookie, origin} = await served(t);
  const {port} = new URL(origin);
  for (const host of [
    `evil.example:${port}`,
    'evil.example',
    '127.0.0.1',
    `127.0.0.1:${Number(port) + 1}`,
    `127.1:${port}`,
  ]) {
    t.is((await get(address, {host})).status, 421, host);
    t.is((await get(`${origin}/`, {host, cookie})).status, 421, host);
  }
  t.is((await get(`${origin}/`, {host: `localhost:${port}`, cookie})).status, 200);
});

test('only GET is answered, and no other page may ask', async t => {
  const {origin, cookie, inside} = await served(t);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']) {
    const {status, headers} = await get(`${origin}/`, {cookie}, method);
    t.is(status, 405, method);
    t.is(headers.allow, 'GET');
  }
  for (const site of ['cross-site', 'same-site'])
    t.is((await inside('/', {'sec-fetch-site': site})).status, 403, site);
  for (const site of ['same-origin', 'none']) t.is((await inside('/', {'sec-fetch-site': site})).status, 200);
});

test('what lies in the archive is text or a download, never a page', async t => {
  const {inside} = await served(t);
  const evil = '/text?path=b%2Fkubectl-win%2Freport.html';
  for (const path of [evil, '/text?path=b%2Flogs%2Fpage.svg']) {
    const {status, headers, body} = await inside(path);
    t.is(status, 200);
    t.is(headers['content-type'], 'text/plain; charset=utf-8');
    t.is(headers['x-content-type-options'], 'nosniff');
    t.is(headers['content-security-policy'], "default-src 'none'; sandbox; frame-ancestors 'none'");
    t.regex(body, /alert\(1\)/);
  }
  const {headers} = await inside('/download?path=b%2Fkubectl-win%2Freport.html');
  t.is(headers['content-type'], 'application/octet-stream');
  t.is(headers['content-disposition'], "attachment; filename*=UTF-8''report.html");
  t.regex((await inside('/text?path=b%2Flogs%2Futf16.log')).body, /^grüße\r\n/);
});

test('every answer forbids sniffing, framing, caching and referrers', async t => {
  const {inside, address} = await served(t);
  const paths = ['/', '/files', '/text?path=b/top.txt', '/download?path=b/top.txt', '/none'];
  for (const got of [await get(address), ...(await Promise.all(paths.map(path => inside(path))))]) {
    t.like(got.headers, {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    t.regex(
      got.headers['content-security-policy']?.toString() ?? '',
      /^default-src 'none'.*frame-ancestors 'none'$/,
    );
    t.notRegex(got.headers['content-security-policy']?.toString() ?? '', /unsafe/);
  }
});

test('no path leads out of the archive', async t => {
  const {inside} = await served(t);
  for (const path of [
    '../../etc/passwd',
    '/etc/passwd',
    'b/../b/top.txt',
    'b/top.txt/',
    'b',
    '',
    '%2e%2e/etc/passwd',
    'C:\\x',
  ])
    t.is((await inside(`/text?path=${encodeURIComponent(path)}`)).status, 404, path);
  t.is((await inside('/../../etc/passwd')).status, 404);
});

test('folders are listed and searched, with names of strangers as text, and no more than 500 files', async t => {
  const {inside} = await served(t);
  const root = (await inside('/files')).body;
  t.regex(root, /<a href="\/files\?at=b%2F">b\/<\/a>/);
  const logs = (await inside('/files?at=b%2Flogs%2F')).body;
  t.true(logs.includes('&lt;img src=x onerror=alert(1)&gt;.log'));
  t.false(logs.includes('<img'));
  const many = (await inside('/files?at=b%2Fmany%2F')).body;
  t.is(many.split('/text?path=').length - 1, 500);
  t.regex(many, /and 100 more files/);
  const found = (await inside('/files?q=F599')).body;
  t.regex(found, /b\/many\/f599\.txt/);
  t.is(found.split('/text?path=').length - 1, 1);
});

test('nonsense on the wire is refused and ends nothing', async t => {
  const {origin, inside} = await served(t);
  const {port} = new URL(origin);
  for (const text of [
    'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    '\0\0\0\r\n\r\n',
    'GET //evil.example/enter/ HTTP/1.1\r\n\r\n',
    `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
  ]) {
    const answer = await new Promise<string>(resolve => {
      const socket = createConnection(Number(port), '127.0.0.1', () => socket.write(text));
      let got = '';
      socket.on('data', part => {
        got += part.toString();
        socket.end();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(got));
    });
    t.regex(answer, /^HTTP\/1\.1 4\d\d /);
  }
  t.is((await inside('/')).status, 200);
});

test('the command prints its address, listens on loopback only, and ends with Ctrl-C', async t => {
  const main = join(import.meta.dirname, '../../../plugin/main.ts');
  const sample = join(import.meta.dirname, '../../../plugin/sample');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'bundle', 'serve', sample, '--no-open'],
    {
      env: {PATH: process.env['PATH'], HOME: '/nonexistent', XDG_CACHE_HOME: tempDir(t)},
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const address = await new Promise<string>(resolve =>
    child.stdout.once('data', part => resolve(String(part).trim())),
  );
  t.regex(address, /^http:\/\/127\.0\.0\.1:\d+\/enter\/[\w-]{43}$/);
  const entered = await get(address);
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  t.regex((await get(new URL('/', address).href, {cookie})).body, /<h1>/);
  await t.throwsAsync(get(address.replace('127.0.0.1', '127.0.0.2')), {code: 'ECONNREFUSED'});
  child.kill('SIGINT');
  t.is(await ended, 130);
});
