import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {LogOpening, LogSources} from '../../../agent/server/log-sources.ts';
import {readSources, logQuery} from '../../../src/protocol/sources.ts';
import type {LogSource} from '../../../src/protocol/sources.ts';
import {read} from '../../helpers/agent/client.ts';
import {RawConnection} from '../../helpers/agent/raw.ts';
import {startAgent} from '../../helpers/agent/in-process.ts';

const SOURCES: readonly LogSource[] = [
  {id: 'kubelet', kind: 'file', component: 'kubelet', files: ['kubelet.log.1', 'kubelet.log']},
  {id: 'system', kind: 'channel', component: 'system', files: ['System']},
];

/** Logs that remember how they were opened and give what a test says. */
function logs(open: LogSources['open']): LogSources & {opened: Array<{id: string; opening: LogOpening}>} {
  const opened: Array<{id: string; opening: LogOpening}> = [];
  return {
    opened,
    list: async () => SOURCES,
    open(source, opening) {
      opened.push({id: source.id, opening});
      return open(source, opening);
    },
  };
}

async function* twoLines(): AsyncGenerator<string | Uint8Array> {
  yield 'one\n';
  yield Buffer.from([0xff, 0x00, 0x0a]);
}

test('sources are listed as they are', async t => {
  const {client} = await startAgent(t, {logs: logs(twoLines)});
  t.deepEqual(readSources(JSON.parse((await client.ask('/v1/sources')).text)), [...SOURCES]);
});

test('a log comes byte by byte as it is, opened as was asked', async t => {
  const node = logs(twoLines);
  const {client} = await startAgent(t, {logs: node});
  const target = `/v1/logs${logQuery({source: 'kubelet', since: 1_700_000_000_000, tail: 10, follow: true})}`;
  const response = await client.open(target);
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  t.deepEqual(Buffer.concat(chunks), Buffer.from('one\n\u00ff\u0000\n', 'latin1'));
  t.is(response.headers['content-type'], 'application/octet-stream');
  const [{id, opening} = {id: '', opening: undefined}] = node.opened;
  t.deepEqual([id, opening?.since, opening?.tail, opening?.follow], ['kubelet', 1_700_000_000_000, 10, true]);
});

test('an id that is not listed opens nothing, whatever it looks like', async t => {
  const node = logs(twoLines);
  const {client} = await startAgent(t, {logs: node});
  for (const [id, status] of [
    ['kubele', 404],
    ['Kubelet', 404],
    ['kubelet.log', 404],
    ['constructor', 404],
    ['../kubelet', 400],
    ['..', 400],
    ['/etc/shadow', 400],
    ['C:\\Windows\\System32\\config\\SAM', 400],
    ['\\\\.\\pipe\\x', 400],
    ['kubelet::$DATA', 400],
    ['kubelet\u0000', 400],
    ['kubelet\r\nx: y', 400],
    ['NUL ', 400],
    ['', 400],
    ['x'.repeat(300), 400],
  ] as const) {
    const answer = await client.ask(`/v1/logs?source=${encodeURIComponent(id)}`);
    t.deepEqual([id, answer.status], [id, status]);
  }
  t.deepEqual(node.opened, []);
});

for (const query of [
  '',
  'source=kubelet&source=system',
  'source=kubelet&tail=-1',
  'source=kubelet&tail=1e9',
  'source=kubelet&since=yesterday',
  'source=kubelet&follow=yes',
  'source=kubelet&path=x',
]) {
  test(`the query ${JSON.stringify(query)} is a bad request`, async t => {
    const node = logs(twoLines);
    const {client} = await startAgent(t, {logs: node});
    t.is((await client.ask(`/v1/logs?${query}`)).status, 400);
    t.deepEqual(node.opened, []);
  });
}

test('a log that is followed ends when its client leaves', async t => {
  const {promise: closed, resolve} = Promise.withResolvers<void>();
  const {client} = await startAgent(t, {
    logs: logs(async function* (_, {signal}) {
      yield 'first\n';
      await new Promise(done => signal.addEventListener('abort', done, {once: true}));
      resolve();
    }),
  });
  const response = await client.open('/v1/logs?source=kubelet&follow=true');
  response.on('error', () => undefined);
  await new Promise(done => response.once('data', done));
  response.destroy();
  await closed;
  t.pass();
});

test('a log that fails in the middle does not look whole, and its error is not told', async t => {
  const {client, audit} = await startAgent(t, {
    logs: logs(async function* () {
      yield 'first\n';
      await sleep(10);
      throw new Error('the password is hunter2');
    }),
  });
  const {whole, text} = await read(await client.open('/v1/logs?source=kubelet'));
  t.deepEqual([whole, text], [false, 'first\n']);
  while (audit.length === 0) await sleep(5);
  t.false(JSON.stringify(audit).includes('hunter2'));
});

test('more logs than the limit are sent away in words', async t => {
  const {client} = await startAgent(t, {
    limits: {logs: 1},
    logs: logs(async function* (_, {signal}) {
      yield 'first\n';
      await new Promise(done => signal.addEventListener('abort', done, {once: true}));
    }),
  });
  const response = await client.open('/v1/logs?source=kubelet&follow=true');
  response.on('error', () => undefined);
  await new Promise(done => response.once('data', done));
  const answer = await client.ask('/v1/logs?source=system');
  t.is(answer.status, 429);
  t.regex(JSON.parse(answer.text).detail, /^1 logs are under way on this node/);
  response.destroy();
});

test('a log that waits behind another answer of its connection ends with that connection', async t => {
  const opened: AbortSignal[] = [];
  const agent = await startAgent(t, {
    logs: logs(async function* (_, {signal}) {
      opened.push(signal);
      yield* await new Promise<never[]>(done =>
        signal.addEventListener('abort', () => done([]), {once: true}),
      );
    }),
  });
  const target = '/v1/logs?source=kubelet&follow=true';
  const one = (): string =>
    `GET ${target} HTTP/1.1\r\nhost: a\r\nauthorization: ${agent.client.authorization(target)}\r\n\r\n`;
  const connection = new RawConnection(agent.port).write(one() + one());
  while (opened.length < 2) await sleep(5);
  connection.end();
  while (opened.some(({aborted}) => !aborted)) await sleep(5);
  t.pass();
});

test('a node whose logs cannot be listed says so, without saying what it met', async t => {
  const {client, audit} = await startAgent(t, {
    logs: {...logs(twoLines), list: () => Promise.reject(new TypeError('the password is hunter2'))},
  });
  for (const target of ['/v1/sources', '/v1/logs?source=kubelet']) {
    const {status, text} = await client.ask(target);
    t.is(status, 500);
    t.deepEqual(JSON.parse(text), {error: 'failed', detail: "the agent failed; its pod's log says where"});
  }
  t.like(audit[0], {route: 'sources', status: 500, outcome: 'failed: TypeError'});
  t.regex(String(audit[0]?.['where']), /^at .*logs\.test\.ts/);
  t.false(JSON.stringify(audit).includes('hunter2'));
});

test('the audit line names the source and how it ended', async t => {
  const {client, audit} = await startAgent(t, {logs: logs(twoLines)});
  await client.ask('/v1/logs?source=kubelet');
  while (audit.length === 0) await sleep(5);
  t.like(audit[0], {
    event: 'request',
    route: 'logs',
    status: 200,
    outcome: 'done',
    source: 'kubelet',
    bytes: 7,
  });
});
