import test from 'ava';
import * as fc from 'fast-check';
import {readEvents} from '../../../src/node/eventlog.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {testWithSample} from '../../helpers/samples.ts';

const all = {file: 'eventlog/System.xml', channel: 'System', keep: () => true};

test('events with a root in single quotes are read in order', t => {
  const text = eventXml([
    {provider: 'A', id: 1, time: '2026-09-01T10:00:00.1234567Z', data: {name: 'x < y & z'}},
    {provider: 'B', id: 2, time: '2026-09-01T09:00:00Z', data: ['first', '']},
  ]);
  const {events, oldest} = readEvents(text, all);
  t.deepEqual(
    events.map(e => [e.index, e.provider, e.id, e.data]),
    [
      [0, 'A', 1, {name: 'x < y & z'}],
      [1, 'B', 2, {0: 'first', 1: ''}],
    ],
  );
  t.is(oldest, '2026-09-01T09:00:00Z');
});

test('what is not kept still counts for the position', t => {
  const text = eventXml([
    {provider: 'A', id: 1, time: '2026-09-01T10:00:00Z'},
    {provider: 'B', id: 2, time: '2026-09-01T09:00:00Z'},
  ]);
  t.is(readEvents(text, {...all, keep: id => id === 'B'}).events[0]?.index, 1);
});

test('user data is read by the names of what holds text', t => {
  const text = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>
    <Provider Name="Microsoft-Windows-Hyper-V-Compute" Guid="{17103e3f}" /><EventID>2000</EventID><Level>4</Level>
    <TimeCreated SystemTime="2026-09-01T10:00:00.9250100Z" /><Channel>Microsoft-Windows-Hyper-V-Compute-Operational</Channel></System>
    <UserData><VmlEventLog xmlns="http://www.microsoft.com/Windows/Virtualization/Events">
    <SystemId>66E8B651</SystemId><Result>0xC0370103</Result></VmlEventLog></UserData></Event>`;
  t.like(readEvents(text, all).events[0], {
    channel: 'Microsoft-Windows-Hyper-V-Compute-Operational',
    id: 2000,
    data: {SystemId: '66E8B651', Result: '0xC0370103'},
  });
});

test('a rendered message is kept', t => {
  const text = `<Event><System><Provider Name='P'/><EventID>1</EventID><TimeCreated SystemTime='2026-09-01T10:00:00Z'/></System><RenderingInfo Culture='en-US'><Message>It&apos;s &#x41;</Message></RenderingInfo></Event>`;
  t.is(readEvents(text, all).events[0]?.message, "It's A");
});

test('a log that breaks off gives the events that were whole', t => {
  const text = eventXml([
    {provider: 'A', id: 1, time: '2026-09-01T10:00:00Z'},
    {provider: 'B', id: 2, time: '2026-09-01T09:00:00Z'},
  ]);
  t.is(readEvents(text.slice(0, -40), all).events.length, 1);
});

test('text that is no event log has no events, however hostile', t => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '<Event',
          '<Event>',
          '</Event>',
          '<System>',
          "'",
          '"',
          '<EventID>7',
          '>',
          '/>',
          'x',
          '&#x110000;',
        ),
      ),
      parts => {
        readEvents(parts.join(''), all);
      },
    ),
  );
  t.is(readEvents('<Event '.repeat(20_000), all).events.length, 0);
  t.is(readEvents("<Event a='".repeat(20_000), all).events.length, 0);
  t.is(readEvents('</EventX'.repeat(20_000), all).events.length, 0);
});

testWithSample('a real event of the Service Control Manager', 'logs/winevents/scm-7036.xml', (t, text) => {
  t.like(readEvents(text, all).events[0], {
    provider: 'Service Control Manager',
    id: 7036,
    data: {param1: 'Windows Event Log', param2: 'stopped'},
  });
});

testWithSample('real events without a root', 'logs/winevents/wevtutil-rootless-2-events.xml', (t, text) => {
  t.deepEqual(
    readEvents(text, all).events.map(e => e.id),
    [4, 3],
  );
});

testWithSample(
  'a real event with data by position',
  'logs/winevents/wer-1001-positional-data.xml',
  (t, text) => {
    t.like(readEvents(text, all).events[0], {id: 1001, data: {2: 'WindowsWcpOtherFailure3'}});
  },
);

testWithSample('a real event in double quotes', 'logs/winevents/vmswitch-233.xml', (t, text) => {
  t.like(readEvents(text, all).events[0], {id: 233, data: {NicFName: 'WSL'}});
});

testWithSample(
  'a real event with user data',
  'logs/winevents/hyperv-compute-operational-2000.xml',
  (t, text) => {
    t.like(readEvents(text, all).events[0], {data: {Result: '0xC0370103'}});
  },
);
