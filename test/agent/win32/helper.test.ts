import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectError} from '../../../agent/collect/collector.ts';
import {windowsHelper} from '../../../agent/win32/helper.ts';
import {tempDir} from '../../helpers/archives.ts';

const {signal} = new AbortController();

/** A child that answers `adapters`, refuses `routes`, dies at `sockets` and hangs at all else; it notes its starts. */
const SCRIPT = `
const {appendFileSync} = require('node:fs');
appendFileSync(process.argv[2], process.pid + '\\n');
require('node:readline').createInterface({input: process.stdin}).on('line', line => {
  const what = JSON.parse(line);
  if (what === 'adapters') console.log(JSON.stringify({ok: true, value: [], partial: {reason: 'failed', detail: 'x'}}));
  if (what === 'routes') console.log(JSON.stringify({ok: false, reason: 'denied', detail: 'no'}));
  if (what === 'sockets') process.exit(5);
});
`;

function helper(t: ExecutionContext, limits = {answerMs: 20_000, idleMs: 20_000}) {
  const folder = tempDir(t);
  const [script, starts] = [join(folder, 'child.cjs'), join(folder, 'starts')];
  writeFileSync(script, SCRIPT);
  const pids = (): number[] =>
    existsSync(starts) ? readFileSync(starts, 'utf8').trim().split('\n').map(Number) : [];
  t.teardown(() => {
    for (const pid of pids()) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
  return {ask: windowsHelper({file: process.execPath, args: [script, starts]}, limits), pids};
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for what another process does; the test's own timeout ends it. */
async function eventually(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

test('one child answers question after question, refusals too', async t => {
  const {ask, pids} = helper(t);
  t.like(await ask('adapters', signal), {value: [], partial: {reason: 'failed', detail: 'x'}});
  const refused = await t.throwsAsync<CollectError>(ask('routes', signal));
  t.is(refused?.reason, 'denied');
  t.like(await ask('adapters', signal), {value: []});
  t.is(pids().length, 1);
});

test('questions at the same time have a child each, which serve later ones', async t => {
  const {ask, pids} = helper(t);
  await Promise.all([ask('adapters', signal), ask('adapters', signal)]);
  await Promise.all([ask('adapters', signal), ask('adapters', signal)]);
  t.is(pids().length, 2);
});

test('a child that hangs is killed, and the next question has a new one', async t => {
  const {ask, pids} = helper(t, {answerMs: 1500, idleMs: 20_000});
  const hung = await t.throwsAsync<CollectError>(ask('volumes', signal));
  t.is(hung?.reason, 'timeout');
  t.like(await ask('adapters', signal), {value: []});
  t.is(pids().length, 2);
  await eventually(() => !isRunning(pids()[0] ?? 0));
  t.pass();
});

test('a child that dies is told with its exit code', async t => {
  const {ask} = helper(t);
  const died = await t.throwsAsync<CollectError>(ask('sockets', signal));
  t.is(died?.reason, 'failed');
  t.regex(died?.message ?? '', /exit code 5/);
  t.like(await ask('adapters', signal), {value: []});
});

test('a child ends with the client that asked, and by itself when nobody asks', async t => {
  const {ask, pids} = helper(t, {answerMs: 20_000, idleMs: 50});
  const gone = new AbortController();
  const asked = t.throwsAsync<CollectError>(ask('volumes', gone.signal));
  await eventually(() => pids().length === 1);
  gone.abort();
  t.is((await asked)?.reason, 'timeout');
  await ask('adapters', signal);
  await eventually(() => pids().every(pid => !isRunning(pid)));
  t.is(pids().length, 2);
});
