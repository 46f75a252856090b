import test from 'ava';
import {Estimate} from '../../../plugin/bundle/estimate.ts';

test('what is left is told by what was done, not too early and not too exactly', t => {
  let now = 1000;
  const estimate = new Estimate(() => now);
  t.is(estimate.left(1, 100), '');
  now += 4000;
  t.is(estimate.left(0, 100), '');
  t.is(estimate.left(10, 100), ', about 40 s left');
  t.is(estimate.left(1, 100), ', about 7 min left');
  t.is(estimate.left(99, 100), ', about 10 s left');
  t.is(estimate.left(100, 100), '');
});
