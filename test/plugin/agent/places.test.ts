import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import * as fc from 'fast-check';
import {inPlaces} from '../../../plugin/agent/fleet/places.ts';

test('every job runs once, and never more than the limit at a time', async t => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 0, max: 40}), fc.integer({min: 1, max: 8}), async (jobs, active) => {
      const done: number[] = [];
      let running = 0;
      let most = 0;
      await inPlaces(
        Array.from({length: jobs}, (_, i) => i),
        {active, open: 100, quietMs: 10_000},
        async item => {
          most = Math.max(most, ++running);
          await sleep(item % 3);
          running--;
          done.push(item);
        },
      );
      t.is(new Set(done).size, jobs);
      t.true(most <= active);
    }),
    {numRuns: 20},
  );
});

test('jobs that hang give their places to others, up to the number of open ones', async t => {
  const hung = Promise.withResolvers<void>();
  let open = 0;
  const others: number[] = [];
  const all = inPlaces([0, 1, 2, 3, 4, 5], {active: 2, open: 4, quietMs: 20}, async item => {
    open++;
    t.true(open <= 4);
    if (item < 3) await hung.promise;
    else others.push(item);
    open--;
    if (others.length === 3) hung.resolve();
  });
  await all;
  t.deepEqual(others, [3, 4, 5]);
});

test('a job that throws ends it all', async t => {
  const failing = inPlaces([1], {active: 1, open: 1, quietMs: 1000}, () => Promise.reject(new Error('no')));
  await t.throwsAsync(failing, {message: 'no'});
});
