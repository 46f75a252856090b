import {randomBytes} from 'node:crypto';
import {appendFileSync, renameSync, writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {AgentClient} from '../../helpers/agent/client.ts';
import {putAnswer, putWevtutil} from '../../helpers/wevtutil.ts';
import {insidePath, startExe, winePrefix, winPath} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';

const event = (id: number): string => `<Event><System><EventRecordID>${id}</EventRecordID></System></Event>`;

/** The packaged agent, serving in a Windows of its own, and a client that has its key. */
async function served(t: ExecutionContext): Promise<{prefix: WinePrefix; client: AgentClient}> {
  const prefix = await winePrefix(t);
  const key = randomBytes(32);
  const keyFile = insidePath(prefix, 'C:\\key');
  writeFileSync(keyFile, key.toString('base64'));
  const agent = await startExe(prefix, [
    'serve',
    '--port',
    '0',
    '--node-name',
    'win-1',
    '--key-file',
    winPath(keyFile),
  ]);
  let ended = false;
  void agent.ended.then(() => (ended = true));
  let port: string | undefined;
  while (port === undefined) {
    if (ended) throw new Error(`the agent ended: ${agent.stderr()}`);
    port = /"event":"started".*"port":(\d+)/.exec(agent.stderr())?.[1];
    await sleep(50);
  }
  return {prefix, client: await AgentClient.to(Number(port), key)};
}

/** What a source gives while it is followed, and how to wait for a line of it. */
async function following(client: AgentClient, source: string) {
  const end = new AbortController();
  const response = await client.open(`/v1/logs?source=${source}&follow=true`, {signal: end.signal});
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString()));
  response.on('error', () => {}); // We cut it.
  return {
    text: () => text,
    status: response.statusCode,
    async until(part: string) {
      while (!text.includes(part)) await sleep(50);
    },
    end: () => end.abort(),
  };
}

test('on Windows a log is listed, followed over a rotation while it is open, and its path is never told', async t => {
  const {prefix, client} = await served(t);
  const live = insidePath(prefix, 'C:\\k\\kubelet.err.log');
  writeFileSync(live, 'one\r\n');
  const sources = (await client.ask('/v1/sources')).text;
  t.true(
    sources.includes('{"id":"kubelet","kind":"file","component":"kubelet","files":["kubelet.err.log"]}'),
    sources,
  );
  t.false(sources.includes(':\\\\'));
  const log = await following(client, 'kubelet');
  t.is(log.status, 200);
  await log.until('one\n');
  appendFileSync(live, 'two\r\n');
  await log.until('two\n');
  renameSync(live, insidePath(prefix, 'C:\\k\\kubelet.err-20260901T120000.000.log'));
  writeFileSync(live, 'three password=hunter2\r\n');
  await log.until('three');
  log.end();
  t.is(log.text(), 'one\ntwo\nthree password=***\n');
});

test('on Windows a channel of the event log is followed', async t => {
  const {prefix, client} = await served(t);
  await putWevtutil(prefix, {'System.xml': `<Events>${event(2)}${event(1)}</Events>`});
  const log = await following(client, 'system');
  await log.until(`${event(1)}\n${event(2)}\n`);
  putAnswer(prefix, 'System.after-2.xml', `<Events>${event(3)}</Events>`);
  await log.until(`${event(3)}\n`);
  log.end();
  t.is(log.text(), [1, 2, 3].map(id => `${event(id)}\n`).join(''));
});

test('on Windows a client that asks for a path, or for what is not listed, gets no log', async t => {
  const {prefix, client} = await served(t);
  writeFileSync(insidePath(prefix, 'C:\\k\\kubelet.err.log'), 'one\r\n');
  for (const source of [
    'security',
    'nothing',
    'C:%5Ck%5Ckubelet.err.log',
    '..%5C..%5CWindows%5Cwin.ini',
    'kubelet%2F..%2Fx',
  ]) {
    const {status, text} = await client.ask(`/v1/logs?source=${source}`);
    t.true(status === 400 || status === 404, `${source}: ${status} ${text}`);
  }
});
