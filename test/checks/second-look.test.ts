import test from 'ava';
import {LOOKS_APART, SETTLED_AFTER, stateOf} from '../../src/checks/second-look.ts';

const AT = Date.parse('2026-09-01T12:00:00Z');

test('a fault seen once is suspected', t => {
  t.is(stateOf({at: AT}), 'suspected');
});

test('a fault seen again a minute later is confirmed, and one that is not seen again has healed', t => {
  t.is(stateOf({at: AT, second: {at: AT + LOOKS_APART, seen: true}}), 'confirmed');
  t.is(stateOf({at: AT, second: {at: AT + LOOKS_APART, seen: false}}), 'gone');
});

test('a second look that came too early says nothing', t => {
  t.is(stateOf({at: AT, second: {at: AT + LOOKS_APART - 1, seen: true}}), 'suspected');
  t.is(stateOf({at: AT, second: {at: AT + LOOKS_APART - 1, seen: false}}), 'suspected');
});

test('one look is enough where everything that decides it is unchanged for five minutes', t => {
  t.is(stateOf({at: AT, unchangedSince: AT - SETTLED_AFTER}), 'confirmed');
  t.is(stateOf({at: AT, unchangedSince: AT - SETTLED_AFTER + 1}), 'suspected');
});

test('what has healed by the second look is gone, however old its evidence', t => {
  const second = {at: AT + LOOKS_APART, seen: false};
  t.is(stateOf({at: AT, unchangedSince: AT - SETTLED_AFTER, second}), 'gone');
});
