import test from 'ava';
import {EVENTS} from '../../../src/data/event-ids.ts';
import {eventItems, eventOf, renderEvent} from '../../../src/explain/event.ts';
import {PLAIN} from '../../../src/report/palette.ts';

const how = {palette: PLAIN, width: 100};

test('one number means something else for each provider, and all are told', t => {
  const event = eventOf('event:1001');
  t.deepEqual(
    event?.rows.map(([, provider]) => provider),
    ['Hyper-V-Compute', 'WER-SystemErrorReporting', 'Windows Error Reporting'],
  );
  t.regex(event ? renderEvent(event, how) : '', /blue screen/);
});

test('a failed network of HNS is told by its number', t => {
  const event = eventOf('EVENT:1013');
  t.regex(event ? renderEvent(event, how) : '', /HNS-Network-Create/);
  t.is(event ? eventItems(event)[0]?.family : '', 'event of Microsoft-Windows-Host-Network-Service-Admin');
});

test('an event that nobody knows is told as such, and what is no event is none', t => {
  const event = eventOf('event:64999');
  t.regex(event ? renderEvent(event, how) : '', /No table of this program has event 64999/);
  t.is(event ? eventItems(event)[0]?.meaning : '', null);
  t.is(eventOf('1013'), undefined);
  t.is(eventOf('event:x'), undefined);
});

test('the table stands in the order of its numbers, and no row is there twice', t => {
  const ids = EVENTS.map(([id]) => id);
  t.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  const keys = EVENTS.map(([id, provider]) => `${id} ${provider}`);
  t.is(new Set(keys).size, keys.length);
});
