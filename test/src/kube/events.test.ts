import test from 'ava';
import {RECENT, indexEvents, isRecent, lastSeen} from '../../../src/kube/events.ts';
import type {Event, Pod} from '../../../src/kube/types.ts';

const AT = Date.parse('2026-09-01T12:00:00Z');

function event(name: string, more: Partial<Event> = {}): Event {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {name: `${name}.1`, namespace: 'shop'},
    involvedObject: {kind: 'Pod', namespace: 'shop', name},
    count: 1,
    ...more,
  };
}

const pod = (name: string, uid?: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {namespace: 'shop', name, ...(uid !== undefined && {uid})},
  spec: {containers: []},
  status: {},
});

test('events of an object come the newest first, and those of others not at all', t => {
  const events = [
    event('a', {reason: 'old', lastTimestamp: '2026-09-01T10:00:00Z'}),
    event('b', {reason: 'other'}),
    event('a', {reason: 'new', lastTimestamp: '2026-09-01T11:00:00Z'}),
  ];
  t.deepEqual(
    indexEvents(events)
      .of(pod('a'))
      .map(e => e.reason),
    ['new', 'old'],
  );
});

/** An event about pod `a` of this identity. */
const of = (uid?: string): Event =>
  event('a', {
    involvedObject: {kind: 'Pod', namespace: 'shop', name: 'a', ...(uid !== undefined && {uid})},
  });

test('an event of an earlier object of the same name does not count, one without a uid does', t => {
  const index = indexEvents([of('1'), of('2'), of()]);
  t.is(index.of(pod('a', '2')).length, 2);
  t.is(index.of(pod('a')).length, 3);
});

test('an event is news for an hour after it was last seen', t => {
  const seen = event('a', {lastTimestamp: '2026-09-01T12:00:00Z'});
  t.true(isRecent(seen, AT + RECENT));
  t.false(isRecent(seen, AT + RECENT + 1));
  t.true(isRecent(seen, AT - 5000), 'clocks that run ahead do not matter');
});

test('an event that says no last time is as old as its first, else as itself', t => {
  t.is(lastSeen(event('a', {firstTimestamp: '2026-09-01T12:00:00Z'})), AT);
  const created = {...event('a'), metadata: {name: 'a.1', creationTimestamp: '2026-09-01T12:00:00Z'}};
  t.is(lastSeen(created), AT);
  t.is(lastSeen(event('a')), 0);
});

test('names of prototypes are names', t => {
  t.deepEqual(indexEvents([]).of(pod('__proto__')), []);
});
