import {randomBytes} from 'node:crypto';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {HEARTBEAT, MAX_FRAME_BYTES} from '../../src/protocol/frames.ts';
import {authorize, bodyHash} from '../../src/protocol/signature.ts';
import {FramedClient} from '../helpers/agent/framed.ts';
import {AgentProcess, gone} from '../helpers/agent/process.ts';
import type {SyntheticOptions} from '../helpers/agent/synthetic-agent.ts';

const HEALTH = 'GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n';

async function connected(
  t: ExecutionContext,
  times: Partial<SyntheticOptions> = {},
): Promise<{agent: AgentProcess; client: FramedClient; boot: string; now: number}> {
  const agent = new AgentProcess(t, {...times, mode: 'connect'});
  const {stdin, stdout} = agent.child;
  if (!stdin || !stdout) throw new Error('there are no pipes');
  const client = new FramedClient(stdin, stdout);
  client.send(HEALTH);
  const [health = '{}'] = /\{.*\}/.exec(await client.until(/\}\n/)) ?? [];
  return {agent, client, ...JSON.parse(health)};
}

function snapshot(agent: AgentProcess, {boot, now}: {boot: string; now: number}, names: string[]): string {
  const body = JSON.stringify({collectors: names});
  const request = {method: 'POST', target: '/v1/snapshot', node: 'win-1'};
  const claims = {boot, time: now, nonce: randomBytes(16).toString('hex'), body: bodyHash(body)};
  return `POST /v1/snapshot HTTP/1.1\r\nhost: a\r\nauthorization: ${authorize(agent.key, request, claims)}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

test.serial('standard input and output carry the same requests, signed the same way', async t => {
  const session = await connected(t);
  const {agent, client} = session;
  client.send('GET /v1/version HTTP/1.1\r\nhost: a\r\n\r\n');
  await client.until(/401 Unauthorized/);
  client.send(snapshot(agent, session, ['system']));
  const text = await client.until(/\r\n0\r\n\r\n$/);
  t.true(text.includes(`"body":"${'x'.repeat(1_000_000)}`) || text.length > 1_000_000);
  client.sayEnd();
  t.is(await agent.ended(), 0);
  t.true(client.ended);
  t.is((await agent.entry('ended'))['why'], 'the client has ended it');
});

test.serial('it ends when its input ends, and what it runs ends with it', async t => {
  const session = await connected(t);
  session.client.send(snapshot(session.agent, session, ['processes', 'logs']));
  const pid = Number((await session.agent.entry('child'))['pid']);
  session.agent.child.stdin?.end();
  t.is(await session.agent.ended(), 0);
  await gone(pid);
  await session.agent.entry('aborted');
  t.pass();
});

test.serial('it ends when nobody reads its output any more', async t => {
  const session = await connected(t);
  session.client.send(snapshot(session.agent, session, ['logs']));
  session.agent.child.stdout?.destroy();
  t.is(await session.agent.ended(), 0);
});

test.serial('it ends after a silence, with its pipes still open and a collector at work', async t => {
  const session = await connected(t, {silenceMs: 3000, heartbeatMs: 200});
  session.client.send(snapshot(session.agent, session, ['processes']));
  const pid = Number((await session.agent.entry('child'))['pid']);
  t.is(await session.agent.ended(), 0);
  t.is((await session.agent.entry('ended'))['why'], 'nothing was heard for 3 s');
  await gone(pid);
  t.true(session.client.heartbeats > 0);
});

test.serial('heartbeats keep it, the limit ends it all the same', async t => {
  const {agent, client} = await connected(t, {silenceMs: 3000, hardLimitMs: 5000});
  const beat = setInterval(() => client.sendRaw(HEARTBEAT), 100);
  t.is(await agent.ended(), 0);
  clearInterval(beat);
  t.is((await agent.entry('ended'))['why'], 'the limit of 5 s is over');
});

test.serial('a client that beats but never reads does not outlast the limit', async t => {
  const session = await connected(t, {silenceMs: 10_000, hardLimitMs: 4000});
  session.client.send(snapshot(session.agent, session, ['logs']));
  session.agent.child.stdout?.pause();
  const beat = setInterval(() => session.client.sendRaw(HEARTBEAT), 100);
  t.is(await session.agent.ended(), 0);
  clearInterval(beat);
});

for (const [what, bytes, why] of [
  ['a text', 'GET / HTTP/1.1\r\n\r\n', 'a text that begins with "GET " came where a frame was expected'],
  [
    'a frame of 4 GiB',
    Buffer.from([0xff, 0xff, 0xff, 0xfe]),
    `a frame of 4294967294 bytes was announced, ${MAX_FRAME_BYTES} is the limit`,
  ],
  ['something after the last frame', Buffer.from([255, 255, 255, 255, 0]), 'bytes came after the last frame'],
] as const) {
  test.serial(`${what} where a frame should be ends it, and it says why`, async t => {
    const {agent, client} = await connected(t);
    client.sendRaw(bytes);
    t.is(await agent.ended(), 0);
    t.is((await agent.entry('ended'))['why'], why);
  });
}

test.serial('input that ends within a frame ends it', async t => {
  const {agent} = await connected(t);
  agent.child.stdin?.end(Buffer.from([0, 0, 1, 0, 65]));
  t.is(await agent.ended(), 0);
  t.is((await agent.entry('ended'))['why'], 'the input ended within a frame');
});

test.serial('what is no HTTP within frames is refused as on the wire', async t => {
  const {agent, client} = await connected(t);
  client.send('\u0000\u0001 nonsense\r\n\r\n');
  await client.until(/HTTP\/1\.1 400 /);
  t.is(await agent.ended(), 0);
});

test.serial('a killed client leaves no process', async t => {
  const session = await connected(t);
  session.client.send(snapshot(session.agent, session, ['processes']));
  const pid = Number((await session.agent.entry('child'))['pid']);
  // What the kernel does to a process's pipes when it is killed.
  session.agent.child.stdin?.destroy();
  session.agent.child.stdout?.destroy();
  t.is(await session.agent.ended(), 0);
  await gone(pid);
});
