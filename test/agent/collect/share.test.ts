import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {SharedRuns} from '../../../agent/collect/share.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';

const never = new AbortController().signal;

function line(body: string): CollectorLine {
  return {key: 'x', ok: true, file: 'x', bytes: body.length, body, tookMs: 0, at: '', source: ''};
}

/** A collector that counts its runs and waits for a gate after its first line. */
function counted(body = 'x'): {
  start: () => AsyncGenerator<CollectorLine>;
  runs: () => number;
  open: () => void;
} {
  let runs = 0;
  const {promise, resolve} = Promise.withResolvers<void>();
  return {
    runs: () => runs,
    open: () => resolve(),
    async *start() {
      runs++;
      yield line(body);
      await promise;
      yield line(`last of run ${runs}`);
    },
  };
}

async function bodies(lines: AsyncIterable<CollectorLine>): Promise<string[]> {
  const got: string[] = [];
  for await (const one of lines) if (one.ok) got.push(one.body);
  return got;
}

test('who comes while it runs gets the lines of that run', async t => {
  const shared = new SharedRuns();
  const {start, runs, open} = counted();
  const asked = Array.from({length: 5}, () => bodies(shared.run('x', start, never)));
  await sleep(0);
  open();
  for (const got of await Promise.all(asked)) t.deepEqual(got, ['x', 'last of run 1']);
  t.is(runs(), 1);
});

test('who comes after it has ended gets a run of its own', async t => {
  const shared = new SharedRuns();
  const {start, runs, open} = counted();
  open();
  await bodies(shared.run('x', start, never));
  t.deepEqual(await bodies(shared.run('x', start, never)), ['x', 'last of run 2']);
  t.is(runs(), 2);
});

test('where the first one leaves, the next one runs it', async t => {
  const shared = new SharedRuns();
  const {start, runs, open} = counted();
  const first = shared.run('x', start, never);
  await first.next();
  const second = bodies(shared.run('x', start, never));
  const third = bodies(shared.run('x', start, never));
  await first.return(undefined);
  open();
  t.deepEqual(await second, ['x', 'last of run 2']);
  t.deepEqual(await third, ['x', 'last of run 2']);
  t.is(runs(), 2);
});

async function* failing(): AsyncGenerator<CollectorLine> {
  yield line('x');
  await sleep(5);
  throw new Error('gone');
}

test('where it fails, the next one runs it', async t => {
  const shared = new SharedRuns();
  const {start, open} = counted();
  open();
  const first = bodies(shared.run('x', failing, never));
  const second = bodies(shared.run('x', start, never));
  await t.throwsAsync(first, {message: 'gone'});
  t.deepEqual(await second, ['x', 'last of run 1']);
});

test('lines that are too many to keep are collected anew for each, one after the other', async t => {
  const shared = new SharedRuns();
  const {start, runs, open} = counted('x'.repeat(9 * 1024 * 1024));
  const asked = [bodies(shared.run('x', start, never)), bodies(shared.run('x', start, never))];
  await sleep(0);
  t.is(runs(), 1);
  open();
  for (const got of await Promise.all(asked)) t.is(got.length, 2);
  t.is(runs(), 2);
});

test('who waits and leaves waits no longer', async t => {
  const shared = new SharedRuns();
  const {start, open} = counted();
  const first = bodies(shared.run('x', start, never));
  const leave = new AbortController();
  const second = bodies(shared.run('x', start, leave.signal));
  await sleep(0);
  leave.abort(new Error('left'));
  await t.throwsAsync(second, {message: 'left'});
  open();
  t.deepEqual(await first, ['x', 'last of run 1']);
});
