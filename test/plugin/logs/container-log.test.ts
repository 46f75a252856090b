import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import type {LogWish} from '../../../plugin/logs/log-request.ts';
import {containerLog} from '../../../plugin/logs/container-log.ts';
import {LogServer} from './log-server.ts';

const TARGET = {namespace: 'shop', pod: 'web-0', container: 'web'};

/** A reader under way: what it has read, and its end. */
function reading(server: LogServer, wish: Partial<LogWish>): {lines: string[]; end: Promise<void>} {
  const lines: string[] = [];
  const read = async (): Promise<void> => {
    const wanted = {follow: false, previous: false, ...wish};
    for await (const batch of containerLog(TARGET, wanted, server.ports))
      lines.push(...batch.map(line => line.bytes.toString()));
  };
  return {lines, end: read()};
}

/** Waits until so many lines have come; a reader that loses one never gets there. */
async function until(lines: readonly string[], count: number): Promise<void> {
  for (let tries = 0; lines.length < count; tries++) {
    if (tries > 2000) throw new Error(`${lines.length} lines came, not ${count}: ${lines.join(', ')}`);
    await wait(1);
  }
}

test('a log is read once and ends', async t => {
  const server = new LogServer();
  server.say(0, 'a', 'b');
  const {lines, end} = reading(server, {});
  await end;
  t.deepEqual(lines, ['a', 'b']);
});

test('a followed log goes on over a lost connection, and says so', async t => {
  const server = new LogServer();
  server.say(100, 'a');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.cut();
  server.say(200, 'b', 'c');
  await until(lines, 3);
  server.end();
  await end;
  t.deepEqual(lines, ['a', 'b', 'c']);
  t.regex(server.notes.join('\n'), /shop\/web-0\/web is read anew: the connection broke/);
  t.is(server.notes.length, 1);
});

test('a stream that ends while the container runs is opened again', async t => {
  const server = new LogServer();
  server.say(100, 'a');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.cut();
  await until(lines, 1);
  server.say(5000, 'b');
  await until(lines, 2);
  server.end();
  await end;
  t.deepEqual(lines, ['a', 'b']);
});

test('a container that restarts is followed into its next start, with the last words of the one before', async t => {
  const server = new LogServer();
  server.say(100, 'first');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.cut();
  server.say(200, 'last words');
  server.restart();
  server.say(900, 'second start');
  await until(lines, 3);
  server.end();
  await end;
  t.deepEqual(lines, ['first', 'last words', 'second start']);
  t.true(server.notes.some(n => n.endsWith('was started anew')));
});

test('what a rotation took away is said, and following goes on', async t => {
  const server = new LogServer();
  server.say(100, 'a');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.cut();
  server.say(2000, 'lost');
  server.rotate();
  server.say(9000, 'b');
  await until(lines, 2);
  server.end();
  await end;
  t.deepEqual(
    lines.filter(l => l !== 'lost'),
    ['a', 'b'],
  );
  if (!lines.includes('lost')) {
    t.true(
      server.notes.some(n => /rotated .*between .*12:00:00.100Z and .*12:00:09.000Z may be lost/.test(n)),
    );
  }
});

test('a stream that died silently at a rotation is noticed and replaced', async t => {
  const server = new LogServer();
  server.diesAtRotation = true;
  server.say(100, 'a');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  await wait(5);
  server.rotate();
  server.say(300, 'b');
  await until(lines, 2);
  server.end();
  await end;
  t.deepEqual(lines, ['a', 'b']);
});

test('a tail is followed from its end on', async t => {
  const server = new LogServer();
  server.say(100, 'a', 'b', 'c');
  const {lines, end} = reading(server, {follow: true, tail: 2});
  await until(lines, 2);
  server.say(300, 'd');
  await until(lines, 3);
  server.end();
  await end;
  t.deepEqual(lines, ['b', 'c', 'd']);
});

test('no tail at all shows only what comes', async t => {
  const server = new LogServer();
  server.say(100, 'a', 'b');
  const {lines, end} = reading(server, {follow: true, tail: 0});
  for (let tries = 0; server.asked.length === 0 && tries < 1000; tries++) await wait(1);
  await wait(5);
  server.say(300, 'c');
  await until(lines, 1);
  server.end();
  await end;
  t.deepEqual(lines, ['c']);
});

test('a start that is noticed late is neither shown twice nor taken for a rotation', async t => {
  const server = new LogServer();
  server.say(100, 'first');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.hidesRestarts = true;
  server.cut();
  server.say(200, 'last words');
  server.restart();
  server.say(3000, 'second start');
  await wait(5);
  server.hidesRestarts = false;
  await until(lines, 3);
  server.end();
  await end;
  t.deepEqual([...lines].sort(), ['first', 'last words', 'second start']);
});

test('a pod that its kubelet has not heard of yet is waited for', async t => {
  const server = new LogServer();
  server.isUnknown = true;
  const {lines, end} = reading(server, {follow: true});
  for (let tries = 0; server.asked.length < 2 && tries < 2000; tries++) await wait(1);
  server.isUnknown = false;
  server.say(100, 'a');
  await until(lines, 1);
  server.end();
  await end;
  t.deepEqual(lines, ['a']);
  t.deepEqual(server.notes, []);
});

test('an interruption ends it with its own reason', async t => {
  const server = new LogServer();
  server.say(100, 'a');
  const {lines, end} = reading(server, {follow: true});
  await until(lines, 1);
  server.stop();
  await t.throwsAsync(end, {name: 'AbortError'});
});
