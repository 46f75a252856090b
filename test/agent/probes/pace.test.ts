import test from 'ava';
import {Pace} from '../../../agent/probes/pace.ts';
import {Seats} from '../../../agent/probes/seats.ts';

/** Slow enough that no further turn comes while a test runs. */
const SLOW = {perSecond: 0.001, burst: 3};
const {signal} = new AbortController();

test('so many connections as the burst begin at once, and the next one waits', async t => {
  const pace = new Pace(SLOW);
  for (let i = 0; i < SLOW.burst; i++) await pace.turn(1, signal);
  const gone = new AbortController();
  const next = pace.turn(1, gone.signal);
  gone.abort();
  await t.throwsAsync(next, {name: 'AbortError'});
});

test('who gives up its turn keeps nobody from theirs', async t => {
  const pace = new Pace({perSecond: 1000, burst: 1});
  const gone = AbortSignal.abort();
  const turns = [pace.turn(1, signal), pace.turn(1, gone), pace.turn(1, signal)];
  const ends = await Promise.allSettled(turns);
  t.deepEqual(
    ends.map(({status}) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('work takes a seat, waits for one in its order, and leaves it also when it fails', async t => {
  const seats = new Seats(2);
  const order: string[] = [];
  let most = 0;
  let seated = 0;
  const sit = (name: string, fails = false): Promise<void> =>
    seats.run(async () => {
      order.push(name);
      most = Math.max(most, ++seated);
      await new Promise(resolve => setImmediate(resolve));
      seated--;
      if (fails) throw new Error(name);
    });
  const ends = await Promise.allSettled([sit('a', true), sit('b'), sit('c', true), sit('d'), sit('e')]);
  t.deepEqual(order, ['a', 'b', 'c', 'd', 'e']);
  t.is(most, 2);
  t.is(ends.filter(({status}) => status === 'rejected').length, 2);
});
