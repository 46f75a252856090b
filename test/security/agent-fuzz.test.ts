import test from 'ava';
import * as fc from 'fast-check';
import {Readable, Writable} from 'node:stream';
import {FrameChannel} from '../../agent/connect/channel.ts';
import {big} from '../helpers/agent/collectors.ts';
import {startAgent} from '../helpers/agent/in-process.ts';
import {RawConnection, statuses} from '../helpers/agent/raw.ts';

const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 3000 : 300;

const line = fc.oneof(
  fc.constantFrom(
    'GET /v1/version HTTP/1.1',
    'POST /v1/snapshot HTTP/1.1',
    'GET /v1/logs?source=kubelet HTTP/1.1',
    'host: a',
    'content-length: 5',
    'content-length: 99999999999999999999',
    'transfer-encoding: chunked',
    'expect: 100-continue',
    'expect: tea',
    'connection: upgrade',
    'upgrade: h2c',
    `authorization: KubectlWin1 boot=00000000,time=0,nonce=${'0'.repeat(32)},body=${'0'.repeat(64)},mac=${'0'.repeat(64)}`,
    'authorization: KubectlWin1 boot=,time=-1',
    '',
    '5',
    '{"collectors":["system"]}',
  ),
  fc.string({unit: 'binary', maxLength: 60}),
);
/** Bytes of no kind, and bytes that are almost requests. */
const bytes = fc.oneof(
  fc.uint8Array({maxLength: 2000}),
  fc
    .array(line, {maxLength: 20})
    .map(lines => Buffer.from(lines.map(text => `${text}\r\n`).join(''), 'latin1')),
);

test('no bytes of a stranger get an answer of 200, and none end the agent', async t => {
  let ran = 0;
  const counted = {
    ...big(10),
    collect: (context: {signal: AbortSignal}) => (ran++, big(10).collect(context)),
  };
  const agent = await startAgent(t, {collectors: [counted]});
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, {minLength: 1, maxLength: 3}), async chunks => {
      const connection = new RawConnection(agent.port);
      for (const chunk of chunks) connection.write(chunk);
      connection.socket.end();
      const answers = statuses(await connection.closed());
      t.deepEqual(
        answers.filter(status => status < 400 && status !== 100),
        [],
      );
    }),
    {numRuns: RUNS},
  );
  t.is(ran, 0);
  t.is((await agent.client.ask('/v1/version')).status, 200);
});

test('no body and no query of somebody who has the key does more than is refused in words', async t => {
  const {client} = await startAgent(t, {collectors: [big(10)]});
  const names = fc.oneof(fc.string(), fc.constantFrom('system', 'hns.networks', '__proto__', 'constructor'));
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({collectors: fc.array(names, {maxLength: 5})}).map(body => JSON.stringify(body)),
  );
  await fc.assert(
    fc.asyncProperty(bodies, fc.webQueryParameters(), async (body, query) => {
      const posted = await client.snapshot(undefined, {body});
      t.true([200, 400, 501].includes(posted.status) && posted.whole, `${posted.status}`);
      const got = await client.ask(`/v1/logs?${query}`);
      t.true([400, 404].includes(got.status), `${got.status}`);
    }),
    {numRuns: RUNS / 3},
  );
});

test('no bytes on standard input do more than end a session', async t => {
  const agent = await startAgent(t, {collectors: [big(10)]});
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({maxLength: 300}), {maxLength: 5}), async chunks => {
      let out = '';
      const output = new Writable({
        write: (chunk: Buffer, _, done) => ((out += chunk.toString('latin1')), done()),
      });
      const channel = new FrameChannel(Readable.from(chunks, {objectMode: false}), output);
      channel.on('error', () => undefined);
      agent.server.emit('connection', channel);
      await new Promise(resolve => channel.on('close', resolve));
      t.false(/HTTP\/1\.1 2/.test(out));
    }),
    {numRuns: RUNS},
  );
});
