import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ProbeRunner} from '../../agent/server/probe-runner.ts';
import {linesOf, read} from '../helpers/agent/client.ts';
import {big, collector, endless, file, hung} from '../helpers/agent/collectors.ts';
import {startAgent} from '../helpers/agent/in-process.ts';
import {AgentProcess, gone, isAlive} from '../helpers/agent/process.ts';

const asking = (names: readonly string[]): {method: string; body: string} => ({
  method: 'POST',
  body: JSON.stringify({collectors: names}),
});

test('a client that leaves in the middle stops its collectors', async t => {
  const {promise: aborted, resolve} = Promise.withResolvers<void>();
  const {client, audit} = await startAgent(t, {collectors: [endless(resolve)]});
  const leave = new AbortController();
  const answer = await client.open('/v1/snapshot', {...asking(['logs']), signal: leave.signal});
  await new Promise(done => answer.once('data', done));
  answer.on('error', () => undefined);
  leave.abort();
  await aborted;
  while (!audit.some(entry => entry['outcome'] === 'client-gone')) await sleep(10);
  // Nothing is left of that run that the next one would wait for.
  const next = new AbortController();
  const again = await client.open('/v1/snapshot', {...asking(['logs']), signal: next.signal});
  await new Promise(done => again.once('data', done));
  again.on('error', () => undefined);
  next.abort();
  t.pass();
});

test('a client that hangs up on its own listeners is done with them, and gone from other probes: neither is a failure', async t => {
  const probes: ProbeRunner = {
    kinds: ['listen', 'tcp'],
    async *run({orders: [order]}, signal) {
      yield {id: order?.id ?? '', ok: true, way: 'host', tries: [], at: '2026-01-01T00:00:00Z'};
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()));
    },
  };
  const {client, audit} = await startAgent(t, {probes});
  const listen = {id: 'l', kind: 'listen', nonce: '0'.repeat(32), listenMs: 1000};
  const connect = {id: 'c', kind: 'tcp', host: '10.0.0.1', port: 80};
  for (const order of [listen, connect]) {
    const leave = new AbortController();
    const body = JSON.stringify({orders: [order]});
    const answer = await client.open('/v1/probes', {method: 'POST', body, signal: leave.signal});
    answer.on('error', () => undefined);
    await new Promise(told => answer.once('data', told));
    leave.abort();
    while (!audit.some(({to}) => String(to).startsWith(order.kind))) await sleep(10);
  }
  t.deepEqual(
    audit.map(entry => entry['outcome']),
    ['done', 'client-gone'],
  );
});

test('a client that stops reading holds its collectors for a bounded time', async t => {
  const {promise: aborted, resolve} = Promise.withResolvers<void>();
  const {client, audit} = await startAgent(t, {collectors: [endless(resolve)], limits: {stallMs: 200}});
  const answer = await client.open('/v1/snapshot', asking(['logs']));
  answer.on('error', () => undefined).pause();
  await aborted;
  while (audit.length === 0) await sleep(10);
  t.is(audit.at(-1)?.['outcome'], 'stalled');
  answer.destroy();
  const again = await client.open('/v1/snapshot', asking(['logs']));
  await new Promise(done => again.once('data', done));
  again.on('error', () => undefined).destroy();
});

test('a snapshot that goes on for ever is cut, and does not look whole', async t => {
  const {client} = await startAgent(t, {collectors: [endless()], limits: {snapshotMs: 200}});
  const answer = await client.snapshot(['logs']);
  t.false(answer.whole);
  t.true(answer.lines.length > 0);
});

test('a killed client leaves neither collectors nor their child processes', async t => {
  const agent = new AgentProcess(t, {mode: 'serve'});
  const client = await agent.client();
  const {method, body} = asking(['processes', 'logs']);
  const script = `import {request} from 'node:http';
    request({port: ${client.port}, host: '127.0.0.1', path: '/v1/snapshot', method: '${method}', headers: {authorization: '${client.authorization('/v1/snapshot', {method, body})}'}})
      .on('response', r => r.resume()).end('${body}');`;
  const victim = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: 'ignore'});
  const pid = Number((await agent.entry('child'))['pid']);
  t.true(isAlive(pid));
  victim.kill('SIGKILL');
  await agent.entry('aborted');
  await gone(pid);
  t.is((await client.ask('/v1/version')).status, 200);
});

test('an agent that is killed in the middle leaves an answer that is seen to be cut, and whole lines before it', async t => {
  const agent = new AgentProcess(t, {mode: 'serve'});
  const client = await agent.client();
  const response = await client.open('/v1/snapshot', asking(['system', 'logs']));
  const answer = read(response);
  let seen = 0;
  await new Promise<void>(enough =>
    response.on('data', (chunk: Buffer) => (seen += chunk.length) > 2_000_000 && enough()),
  );
  agent.child.kill('SIGKILL');
  const {whole, text} = await answer;
  t.false(whole);
  const lines = linesOf(text);
  t.true(lines.length > 1);
  t.is(lines.find(({key}) => key === 'system')?.ok, true);
});

test('SIGTERM ends the real program with whatever it is doing', async t => {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', '..', 'agent', 'main.ts'),
      'serve',
      '--port',
      '0',
      '--node-name',
      'n1',
      '--key-file',
      '/nonexistent/key',
    ],
    {stdio: ['ignore', 'pipe', 'pipe']},
  );
  t.teardown(() => child.kill('SIGKILL'));
  let log = '';
  child.stderr.setEncoding('utf8');
  await new Promise<void>(started =>
    child.stderr.on('data', (text: string) => (log += text).includes('no-key') && started()),
  );
  child.kill('SIGTERM');
  t.is(await new Promise(resolve => child.on('exit', resolve)), 0);
  t.regex(log, /the key file \/nonexistent\/key cannot be read \(ENOENT\)/);
  t.regex(log, /"event":"stopped","signal":"SIGTERM"/);
});

test('more snapshots than the limit are sent away in words, and the next one is served', async t => {
  const {promise: gate, resolve: open} = Promise.withResolvers<void>();
  const waiting = collector('system', async function* () {
    await gate;
    yield file('system.json', '{}');
  });
  const {client} = await startAgent(t, {collectors: [waiting], limits: {snapshots: 2}});
  const first = client.snapshot(['system']);
  const second = client.snapshot(['system']);
  let refused = await client.snapshot(['system']);
  while (refused.status !== 429) refused = await client.snapshot(['system']);
  t.is(refused.headers['retry-after'], '5');
  t.regex(
    JSON.parse(refused.text).detail,
    /^2 snapshots are under way on this node, .* try again in 5 seconds$/,
  );
  open();
  t.deepEqual([(await first).status, (await second).status], [200, 200]);
  t.is((await client.snapshot(['system'])).status, 200);
});

test('clients who ask at once share one run of a collector', async t => {
  let runs = 0;
  const {promise: gate, resolve: open} = Promise.withResolvers<void>();
  const counted = collector('system', async function* () {
    runs++;
    await gate;
    yield file('system.json', '{"build":20348}');
  });
  const {client} = await startAgent(t, {collectors: [counted], limits: {snapshots: 10}});
  const answers = Array.from({length: 8}, async () => {
    const response = await client.open('/v1/snapshot', asking(['system', 'tasks']));
    const {promise: begun, resolve: begins} = Promise.withResolvers<void>();
    response.once('data', () => begins());
    return {begun, answer: read(response)};
  });
  // The first line says that there is no collector of tasks; after it each waits for the one run.
  for (const {begun} of await Promise.all(answers)) await begun;
  open();
  for (const {answer} of await Promise.all(answers)) {
    const {text, whole} = await answer;
    t.true(whole);
    t.deepEqual(
      linesOf(text).map(line => (line.ok ? line.body : `${line.key} ${line.reason}`)),
      ['tasks unsupported', '{"build":20348}'],
    );
  }
  t.is(runs, 1);
});

test('a hung, a failing and a flooding collector cost only their own files', async t => {
  const {client} = await startAgent(t, {
    collectors: [
      hung('services', 100),
      collector('processes', async function* () {
        yield* [];
        throw new Error('access\ndenied');
      }),
      {...big(5000), maxBytes: 1000},
      collector('hns.version', async function* () {
        yield file('hns/version.json', '{}');
      }),
    ],
  });
  const {lines, whole} = await client.snapshot(['system', 'services', 'processes', 'hns.version']);
  t.true(whole);
  t.deepEqual(
    lines
      .map(line => [line.key, line.ok, line.reason, line.detail, line.ok ? line.bytes : 0])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    [
      ['hns.version', true, undefined, undefined, 2],
      ['processes', false, 'failed', 'access denied', 0],
      ['services', false, 'timeout', 'no answer within 100 ms', 0],
      ['system', true, 'failed', 'cut at 1000 bytes, 5000 were there', 1000],
    ],
  );
});
