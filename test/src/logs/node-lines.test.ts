import test from 'ava';
import * as fc from 'fast-check';
import {eventLine, fileLine} from '../../../src/logs/node-lines.ts';

const NOW = Date.UTC(2026, 0, 2, 12);

test("a kubelet's line gives its level, and its time with the year that klog leaves out", t => {
  const read = fileLine('kubelet', NOW);
  const found = read('E0102 11:59:58.123456    4321 pod_workers.go:1301] "Error syncing pod"');
  t.is(found.level, 'Error');
  t.is(found.time, '2026-01-02T11:59:58.123456Z');
  t.is(read('I1231 23:59:59.000001       1 server.go:1] old').time, '2025-12-31T23:59:59.000001Z');
});

test("containerd's line gives the level and time of logrus", t => {
  const found = fileLine('containerd', NOW)('time="2026-01-02T11:00:00.5+01:00" level=warning msg="slow"');
  t.is(found.level, 'Warning');
  t.is(found.time, '2026-01-02T11:00:00.5+01:00');
});

test('a line without level and time stays as it is', t => {
  const found = fileLine('cni', NOW)('  at Foo.Bar()');
  t.is(found.message, '  at Foo.Bar()');
  t.is(found.time, null);
  t.is(found.level, null);
});

test('an event of a channel becomes a record with all that it says of itself', t => {
  const xml =
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Service Control Manager'/><EventID Qualifiers='49152'>7031</EventID><Level>2</Level><TimeCreated SystemTime='2026-01-02T11:00:00.1234567Z'/><EventRecordID>9</EventRecordID><Channel>System</Channel></System><EventData><Data Name='param1'>Host Network Service</Data></EventData><RenderingInfo Culture='en-US'><Message>The Host Network Service service terminated unexpectedly.</Message></RenderingInfo></Event>";
  const found = eventLine('System')(xml);
  t.like(found, {
    source: 'EventLog',
    channel: 'System',
    provider: 'Service Control Manager',
    eventId: 7031,
    level: 'Error',
    time: '2026-01-02T11:00:00.1234567Z',
    message: 'The Host Network Service service terminated unexpectedly.',
  });
});

test('an event that was not rendered is told by its data', t => {
  const xml =
    '<Event><System><Provider Name="disk"/><EventID>7</EventID><Level>2</Level></System><EventData><Data>\\Device\\Harddisk0</Data><Data>1</Data></EventData></Event>';
  t.is(eventLine('System')(xml).message, '\\Device\\Harddisk0; 1');
});

test('a line that is no event is passed on', t => {
  t.is(eventLine('System')('<Event').message, '<Event');
});

test('whatever the line, it is a record and keeps its bytes', t => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), text => {
      const line = Buffer.from(text).toString('latin1');
      t.is(fileLine('kubelet', NOW)(line).message, line);
      t.is(eventLine('System')(line).raw, line);
    }),
  );
});
