import test from 'ava';
import {ApiStatusError} from '../../../../plugin/kube/api-error.ts';
import {tellEvents} from '../../../../plugin/services/probes/events.ts';
import {eventsOf} from '../../../../src/report/probes/finding-events.ts';
import {netFindings} from '../../../helpers/probes/net-metrics.ts';
import {probedFleet} from '../../../helpers/probing.ts';

const snapshot = probedFleet(p => p.fail(q => q.to.node === 'win-2' && q.from.node !== 'win-2'));
const events = eventsOf(netFindings(snapshot), snapshot, 'kubectl-win-net');
const HOUR = 3_600_000;

/** An API server that keeps Events. */
class Store {
  readonly events = new Map<string, {count: number; lastTimestamp: string; message: string}>();
  readonly signal = new AbortController().signal;
  writes = 0;
  denied = false;

  tell(now: number, told = events): ReturnType<typeof tellEvents> {
    const get = async (path: string) => {
      const event = this.events.get(path);
      if (!event) throw new ApiStatusError(path, 404, '{"message": "not found"}');
      return {text: JSON.stringify(event), date: undefined};
    };
    const apply = async (path: string, object: object) => {
      if (this.denied) throw new ApiStatusError(path, 403, '{"message": "events is forbidden"}', 'PATCH');
      this.writes++;
      // An Event of ours.
      this.events.set(path, object as {count: number; lastTimestamp: string; message: string});
      return '';
    };
    return tellEvents(told, {reader: {get}, writer: {apply}, signal: this.signal, now});
  }
}

test('a finding is an Event on each node that it is of, under a name that the next run meets', t => {
  const [event] = events;
  t.like(event, {
    metadata: {namespace: 'default'},
    involvedObject: {kind: 'Node', name: 'win-2'},
    type: 'Warning',
    reason: 'NodeIsolated',
  });
  t.regex(event?.message ?? '', /^NET011: .*win-2/);
  t.deepEqual(eventsOf(netFindings(snapshot), snapshot, 'kubectl-win-net'), events);
  t.is(new Set(events.map(e => `${e.metadata.namespace}/${e.metadata.name}`)).size, events.length);
  for (const {metadata} of events) t.regex(metadata.name, /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/);
});

test('the same is told once an hour, and counted', async t => {
  const store = new Store();
  const start = Date.parse('2026-09-01T12:00:00Z');
  t.is((await store.tell(start)).written, events.length);
  t.is((await store.tell(start + HOUR / 4)).written, 0);
  t.is((await store.tell(start + HOUR)).written, events.length);
  t.is(store.writes, 2 * events.length);
  for (const event of store.events.values())
    t.like(event, {count: 2, firstTimestamp: '2026-09-01T12:00:00Z', lastTimestamp: '2026-09-01T13:00:00Z'});
});

test('a fault of everything is thirty Events and no more', async t => {
  const store = new Store();
  const [event] = events;
  if (!event) throw new Error('no event');
  const many = Array.from({length: 500}, (_, i) => ({
    ...event,
    metadata: {...event.metadata, name: `n-${i}`},
  }));
  t.is((await store.tell(0, many)).written, 30);
});

test('who may not write Events is told so, and nothing else is lost', async t => {
  const store = new Store();
  store.denied = true;
  const {written, failed} = await store.tell(0);
  t.is(written, 0);
  t.regex(failed ?? '', /403: events is forbidden/);
});
