import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import * as fc from 'fast-check';
import type {Timed} from '../../../plugin/logs/interleave.ts';
import {Interleaver} from '../../../plugin/logs/interleave.ts';
import {momentOf} from '../../../plugin/logs/moment.ts';

async function* stream(...items: [number, string][]): AsyncGenerator<Timed<string>[]> {
  for (const [at, item] of items) yield [{at, item}];
}

/** The same, so many at a time. */
async function* together(items: [number, string][], size: number): AsyncGenerator<Timed<string>[]> {
  for (let at = 0; at < items.length; at += size)
    yield items.slice(at, at + size).map(([time, item]) => ({at: time, item}));
}

async function all(merged: Interleaver<string>): Promise<string[]> {
  const items: string[] = [];
  for await (const batch of merged) items.push(...batch);
  return items;
}

test('streams that end come out in the order of time', async t => {
  const merged = new Interleaver<string>(Infinity);
  merged.add(stream([1, 'a1'], [4, 'a4'], [5, 'a5']));
  merged.add(stream([2, 'b2'], [3, 'b3'], [9, 'b9']));
  merged.close();
  t.deepEqual(await all(merged), ['a1', 'b2', 'b3', 'a4', 'a5', 'b9']);
});

test('a silent stream holds the others up no longer than the window', async t => {
  const silence = Promise.withResolvers<void>();
  const merged = new Interleaver<string>(10);
  merged.add(stream([1, 'a']));
  merged.add(
    (async function* () {
      await silence.promise;
      yield [{at: 0, item: 'late'}];
    })(),
  );
  merged.close();
  const items: string[] = [];
  for await (const batch of merged) {
    items.push(...batch);
    silence.resolve();
  }
  t.deepEqual(items, ['a', 'late']);
});

test('a stream may be added while others run', async t => {
  const merged = new Interleaver<string>(5);
  merged.add(stream([1, 'a']));
  setTimeout(() => {
    merged.add(stream([2, 'b']));
    merged.close();
  }, 20);
  t.deepEqual(await all(merged), ['a', 'b']);
});

test('an error comes after what was there before it', async t => {
  const merged = new Interleaver<string>(5);
  merged.add(
    (async function* () {
      yield [{at: 1, item: 'a'}];
      await wait(1);
      throw new Error('broken');
    })(),
  );
  const items: string[] = [];
  const read = async (): Promise<void> => {
    for await (const batch of merged) items.push(...batch);
  };
  await t.throwsAsync(read, {message: 'broken'});
  t.deepEqual(items, ['a']);
});

test('a stream that is far ahead waits for a slow one', async t => {
  let made = 0;
  const merged = new Interleaver<number>(Infinity);
  merged.add(
    (async function* () {
      for (; made < 5000; made++) yield [{at: made, item: made}];
    })(),
  );
  const slow = Promise.withResolvers<void>();
  merged.add(
    (async function* () {
      await slow.promise;
      yield [{at: 2500.5, item: -1}];
    })(),
  );
  merged.close();
  const reading = (async () => {
    const items: number[] = [];
    for await (const batch of merged) items.push(...batch);
    return items;
  })();
  await wait(30);
  t.true(made <= 1001, `${made} items were made before there was room for them`);
  slow.resolve();
  const items = await reading;
  t.is(items.length, 5001);
  t.is(items.indexOf(-1), 2501);
});

test('any streams that are in order come out in order, with nothing lost', async t => {
  const times = fc.array(fc.nat(50), {maxLength: 30}).map(a => a.sort((x, y) => x - y));
  await fc.assert(
    fc.asyncProperty(fc.array(times, {maxLength: 5}), async lists => {
      const merged = new Interleaver<string>(Infinity);
      for (const [i, list] of lists.entries()) {
        const items = list.map((at): [number, string] => [at, String(at)]);
        merged.add(i % 2 === 0 ? stream(...items) : together(items, 1 + (i % 4)));
      }
      merged.close();
      const items = (await all(merged)).map(Number);
      t.deepEqual(
        items,
        lists.flat().sort((a, b) => a - b),
      );
    }),
  );
});

test('what came together goes out together, but for what is before it in time', async t => {
  const merged = new Interleaver<string>(Infinity);
  const a: [number, string][] = [
    [1, 'a1'],
    [2, 'a2'],
    [7, 'a7'],
  ];
  merged.add(together(a, 3));
  merged.add(stream([5, 'b5']));
  merged.close();
  t.deepEqual(await all(merged), ['a1', 'a2', 'b5', 'a7']);
});

test('times of different zones and digits are compared as moments', t => {
  t.is(momentOf('2026-09-01T14:00:00.5+02:00'), Date.UTC(2026, 8, 1, 12, 0, 0, 500));
  t.true((momentOf('2026-09-01T12:00:00.123456789Z') ?? 0) > (momentOf('2026-09-01T12:00:00.123Z') ?? 0));
  t.is(momentOf('2026-09-01T12:00:00.25Z'), momentOf('2026-09-01T14:00:00.25+02:00'));
  t.is(momentOf('2026-09-01T12:00:00Z'), Date.UTC(2026, 8, 1, 12));
  t.is(momentOf('2026-99-01T12:00:00.5Z'), undefined);
  t.is(momentOf(''), undefined);
});
