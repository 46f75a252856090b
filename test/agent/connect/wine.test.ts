import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {formatKeys} from '../../../src/protocol/key.ts';
import {authorize, bodyHash} from '../../../src/protocol/signature.ts';
import {AgentClient} from '../../helpers/agent/client.ts';
import {FramedClient} from '../../helpers/agent/framed.ts';
import {insidePath, startExe, winePrefix} from '../../helpers/wine.ts';
import type {RunningExe} from '../../helpers/wine.ts';

const KEY_FILE = 'C:\\hpc\\etc\\kubectl-win\\key';
const FLAGS = ['--node-name', 'win-1', '--key-file', KEY_FILE];

/** Starts the packaged agent in a Windows that has its key. */
async function start(
  t: ExecutionContext,
  args: readonly string[],
): Promise<{exe: RunningExe; key: Uint8Array}> {
  const prefix = await winePrefix(t);
  const key = randomBytes(32);
  writeFileSync(insidePath(prefix, KEY_FILE), formatKeys([key]));
  return {exe: await startExe(prefix, [...args, ...FLAGS]), key};
}

async function connected(
  t: ExecutionContext,
): Promise<{exe: RunningExe; client: FramedClient; key: Uint8Array}> {
  const {exe, key} = await start(t, ['connect']);
  return {exe, client: new FramedClient(exe.stdin, exe.stdout), key};
}

test.serial('the Windows program answers signed requests over its standard input and output', async t => {
  const {exe, client, key} = await connected(t);
  client.send('GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  const [health = '{}'] = /\{.*\}/.exec(await client.until(/\}\n/)) ?? [];
  const {os, node, boot, now} = JSON.parse(health);
  t.deepEqual([os, node], ['windows', 'win-1']);
  const body = '{"collectors":["system","nonsense"]}';
  const claims = {boot, time: now, nonce: randomBytes(16).toString('hex'), body: bodyHash(body)};
  const authorization = authorize(key, {method: 'POST', target: '/v1/snapshot', node}, claims);
  client.send(
    `POST /v1/snapshot HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  const text = await client.until(/\r\n0\r\n\r\n$/);
  t.true(text.includes('"key":"nonsense"') && text.includes('"key":"system"'));
  client.sayEnd();
  await exe.ended;
  t.true(client.ended);
});

test.serial('it ends when its client says so, though its input stays open', async t => {
  const {exe, client} = await connected(t);
  client.send('GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  await client.until(/\}\n/);
  client.sayEnd();
  await exe.ended;
  t.regex(exe.stderr(), /"event":"ended","why":"the client has ended it"/);
});

test.serial('it ends when its input ends', async t => {
  const {exe, client} = await connected(t);
  client.send('GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  await client.until(/\}\n/);
  exe.stdin.end();
  await exe.ended;
  t.true(client.ended);
});

test.serial('it ends after fifteen seconds of silence, though its input stays open', async t => {
  const {exe, client} = await connected(t);
  client.send('GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  await client.until(/\}\n/);
  await exe.ended;
  t.regex(exe.stderr(), /"event":"ended","why":"nothing was heard for 15 s"/);
});

test.serial('the Windows program serves on loopback, and a stranger gets nothing', async t => {
  const {exe, key} = await start(t, ['serve', '--port', '0']);
  while (!/"port":\d+/.test(exe.stderr())) await sleep(50);
  const client = await AgentClient.to(Number(/"port":(\d+)/.exec(exe.stderr())?.[1]), key);
  t.is(client.health.os, 'windows');
  t.is((await client.ask('/v1/version')).status, 200);
  t.is((await client.ask('/v1/version', {key: randomBytes(32)})).status, 401);
  const {lines, whole} = await client.snapshot(['system']);
  t.true(whole);
  t.is(lines.find(line => line.key === 'system')?.ok, true);
  await exe.stop();
});
