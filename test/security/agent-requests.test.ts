import {request} from 'node:http';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {read, send} from '../helpers/agent/client.ts';
import {big} from '../helpers/agent/collectors.ts';
import {startAgent} from '../helpers/agent/in-process.ts';
import type {TestAgent} from '../helpers/agent/in-process.ts';
import {RawConnection, statuses} from '../helpers/agent/raw.ts';

/** Sends bytes and waits until the agent has closed the connection. */
async function sendRaw({port}: TestAgent, bytes: string): Promise<string> {
  return await new RawConnection(port).write(bytes).closed();
}

async function stillServes(t: ExecutionContext, {client}: TestAgent): Promise<void> {
  t.is((await client.ask('/v1/version')).status, 200);
}

const MALFORMED: Record<string, {bytes: string; status: number}> = {
  'no HTTP at all': {bytes: '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', status: 400},
  'a method that does not exist': {bytes: 'STEAL /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n', status: 400},
  'another version of HTTP': {bytes: 'GET /v1/healthz HTTP/9.9\r\nhost: a\r\n\r\n', status: 400},
  'no Host': {bytes: 'GET /v1/healthz HTTP/1.1\r\n\r\n', status: 400},
  'a header without a colon': {bytes: 'GET /v1/healthz HTTP/1.1\r\nhost: a\r\nx\r\n\r\n', status: 400},
  'a bare carriage return in a header': {
    bytes: 'GET /v1/healthz HTTP/1.1\r\nhost: a\rx: b\r\n\r\n',
    status: 400,
  },
  'a NUL in a header': {bytes: 'GET /v1/healthz HTTP/1.1\r\nhost: a\u0000b\r\n\r\n', status: 400},
  'a folded header': {bytes: 'GET /v1/healthz HTTP/1.1\r\nhost: a\r\nx: b\r\n c\r\n\r\n', status: 400},
  'two lengths that differ': {
    bytes: 'POST /v1/snapshot HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
    status: 400,
  },
  'a length and chunks (request smuggling)': {
    bytes:
      'POST /v1/snapshot HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n',
    status: 400,
  },
  'a negative length': {
    bytes: 'POST /v1/snapshot HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
    status: 400,
  },
  'a header of 20 KB': {
    bytes: `GET /v1/healthz HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    status: 431,
  },
  'a path of 20 KB': {bytes: `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, status: 431},
};

for (const [what, {bytes, status}] of Object.entries(MALFORMED)) {
  test(`${what} is answered with ${status} and closed`, async t => {
    const agent = await startAgent(t);
    const text = await sendRaw(agent, bytes);
    t.deepEqual(statuses(text), [status]);
    t.regex(text, /content-length: \d+|transfer-encoding: chunked/i);
    await stillServes(t, agent);
  });
}

const TRICKS = [
  '/v1/../v1/version',
  '//v1/version',
  '/v1//version',
  '/v1/version/',
  '/V1/VERSION',
  '/v1/%76ersion',
  '/v1/version%00',
  '/v1/version;x',
  '/v1/version#x',
  'http://127.0.0.1/v1/version',
  '*',
  '/v1/healthz/../version',
  '/%2e%2e/%2e%2e/windows/system32/config/sam',
];

test('a path is one of the fixed ones, letter by letter, or none', async t => {
  const {client} = await startAgent(t);
  for (const target of TRICKS) {
    const {status, text} = await client.ask(target, {method: target === '*' ? 'OPTIONS' : 'GET'});
    t.deepEqual([target, status, JSON.parse(text).error], [target, 404, 'not-found']);
  }
});

test('a path answers its one method, and says which', async t => {
  const {client} = await startAgent(t);
  for (const [target, method, allow] of [
    ['/v1/version', 'POST', 'GET'],
    ['/v1/snapshot', 'GET', 'POST'],
    ['/v1/logs?source=x', 'DELETE', 'GET'],
    ['/v1/healthz', 'POST', 'GET'],
    ['/v1/version', 'TRACE', 'GET'],
  ] as const) {
    const {status, headers} = await client.ask(target, {method});
    t.deepEqual([target, method, status, headers.allow], [target, method, 405, allow]);
  }
});

test('CONNECT and Upgrade open nothing', async t => {
  const agent = await startAgent(t);
  t.deepEqual(statuses(await sendRaw(agent, 'CONNECT 10.0.0.1:443 HTTP/1.1\r\nhost: a\r\n\r\n')), []);
  const upgrade = new RawConnection(agent.port).write(
    'GET /v1/version HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  t.deepEqual(statuses(await upgrade.until(/401/)), [401]);
  upgrade.end();
});

test('what a client sends never comes back as a header', async t => {
  const {client} = await startAgent(t);
  const answer = await client.ask('/v1/logs?source=a%0d%0aset-cookie:%20x=1&since=%0d%0aevil:1');
  t.is(answer.status, 400);
  t.false('set-cookie' in answer.headers || 'evil' in answer.headers);
});

test('of a stranger no body is read, whatever its length', async t => {
  const agent = await startAgent(t);
  const connection = new RawConnection(agent.port).write(
    'POST /v1/snapshot HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000000\r\n\r\n',
  );
  const text = await connection.closed();
  t.deepEqual(statuses(text), [401]);
  t.regex(text, /connection: close/i);
});

for (const announced of [true, false]) {
  test(`a body over the limit is refused, ${announced ? 'announced' : 'in chunks without a length'}`, async t => {
    const agent = await startAgent(t, {limits: {bodyBytes: 1000}});
    const body = JSON.stringify({rules: ['x'.repeat(2000)]});
    const made = agent.client.request('/v1/snapshot', {
      method: 'POST',
      body,
      headers: announced ? {'content-length': String(body.length)} : {'transfer-encoding': 'chunked'},
    });
    made.write(body.slice(0, 1500));
    const answer = await read(await send(made, body.slice(1500)));
    t.is(answer.status, 413);
    await stillServes(t, agent);
  });
}

for (const [body, detail] of [
  ['', /no JSON/],
  ['{', /no JSON/],
  ['[]', /no JSON object/],
  ['null', /no JSON object/],
  ['{"collector":["system"]}', /does not know: collector/],
  ['{"collectors":"system"}', /no list/],
  ['{"collectors":["../../etc/passwd"]}', /no list/],
  ['{"collectors":["system; calc.exe"]}', /no list/],
  [JSON.stringify({collectors: Array.from({length: 201}, () => 'system')}), /no list/],
  ['{"__proto__":{"collectors":["system"]}}', /does not know: __proto__/],
  ['{"pseudonymKey":"x"}', /pseudonymKey/],
] as const) {
  test(`the body ${body.slice(0, 50)} is a bad request, in words`, async t => {
    const {client} = await startAgent(t, {collectors: [big(1)]});
    const {status, text} = await client.ask('/v1/snapshot', {method: 'POST', body});
    t.is(status, 400);
    t.regex(JSON.parse(text).detail, detail);
  });
}

test('names without a key are refused rather than left as they are', async t => {
  const {client} = await startAgent(t, {collectors: [big(1)]});
  const body = JSON.stringify({names: {hosts: ['win-1'], objects: []}});
  const {status, text} = await client.ask('/v1/snapshot', {method: 'POST', body});
  t.deepEqual([status, JSON.parse(text).error], [400, 'bad-request']);
});

for (const [rule, detail] of [
  ['x', /is no rule/],
  ['{"rule":"r"}', /is no rule/],
  ['{"rule":"r","regex":"(a"}', /is no expression of RE2/],
  [String.raw`{"rule":"r","regex":"(?=a)b"}`, /looks ahead/],
  [String.raw`{"rule":"r","regex":"(a)\\1"}`, /looks ahead, behind or back/],
] as const) {
  test(`the redaction rule ${rule} is a bad request, in words`, async t => {
    const {client} = await startAgent(t, {collectors: [big(1)]});
    const body = JSON.stringify({rules: [rule]});
    const {status, text} = await client.ask('/v1/snapshot', {method: 'POST', body});
    t.is(status, 400);
    t.regex(JSON.parse(text).detail, detail);
  });
}

test('a request that comes drop by drop is ended in time, and others are served meanwhile', async t => {
  const agent = await startAgent(t, {limits: {headersMs: 300, requestMs: 600, checkMs: 50}});
  const slow = Array.from({length: 20}, () =>
    new RawConnection(agent.port).write('GET /v1/healthz HTTP/1.1\r\nx: '),
  );
  const drip = setInterval(() => slow.forEach(({socket}) => socket.writable && socket.write('T')), 40);
  t.teardown(() => clearInterval(drip));
  await stillServes(t, agent);
  for (const connection of slow) t.deepEqual(statuses(await connection.closed()), [408]);
});

test('a body that never comes is ended in time', async t => {
  const agent = await startAgent(t, {limits: {headersMs: 300, requestMs: 500, checkMs: 50}});
  const made = agent.client.request('/v1/snapshot', {
    method: 'POST',
    body: '{}',
    headers: {'content-length': '2'},
  });
  made.on('error', () => undefined);
  const answer = new Promise(resolve => made.on('response', resolve).on('close', resolve));
  made.write('{');
  await answer;
  await stillServes(t, agent);
});

test('connections beyond the limit are closed at once, and one that ends makes room', async t => {
  const agent = await startAgent(t, {limits: {connections: 5}});
  const open = Array.from({length: 5}, () => new RawConnection(agent.port));
  await Promise.all(open.map(connection => new Promise(resolve => connection.socket.on('connect', resolve))));
  t.is(await new RawConnection(agent.port).closed(), '');
  const [first] = open;
  first?.end();
  await first?.closed();
  await t.notThrowsAsync(async () => {
    while (!(await serves(agent))) await new Promise(resolve => setTimeout(resolve, 20));
  });
  open.forEach(connection => connection.end());
});

async function serves({port}: TestAgent): Promise<boolean> {
  try {
    return (
      (await send(request({port, host: '127.0.0.1', path: '/v1/healthz', agent: false}))).statusCode === 200
    );
  } catch {
    return false;
  }
}

test('one connection carries many requests', async t => {
  const agent = await startAgent(t);
  const one = (): string =>
    `GET /v1/version HTTP/1.1\r\nhost: a\r\nauthorization: ${agent.client.authorization('/v1/version')}\r\n\r\n`;
  const connection = new RawConnection(agent.port).write(one() + one() + one());
  t.deepEqual(statuses(await connection.until(/(?:HTTP[^]*){3}\}\n$/)), [200, 200, 200]);
  connection.end();
});
