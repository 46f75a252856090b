import test from 'ava';
import {array, assert, constantFrom, nat, oneof, property, record, string, tuple} from 'fast-check';
import type {Arbitrary} from 'fast-check';
import type {LogRecord} from '../../../../src/logs/record.ts';
import {LogParser} from '../../../../src/parse/logmonitor/parser.ts';
import type {Dialect, LevelName, SimEvent} from '../../../helpers/logmonitor.ts';
import {DIALECTS, print} from '../../../helpers/logmonitor.ts';

const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 20_000 : 400;

const bit = constantFrom(
  'a',
  'Z9',
  ' ',
  '"',
  '\\',
  '\\\\',
  '~"',
  "'",
  '?',
  '<',
  '>',
  '&',
  '\t',
  'é',
  '日本',
  'C:\\dir\\',
  '\\\\srv\\x',
  '{"k":"v"}',
  '=',
  ',',
  ':',
  '%',
  '|',
  '\\n',
  '\\"',
  '$',
);
const text = array(bit, {maxLength: 12}).map(bits => bits.join(''));
/** Text of events: it has lines, and CR LF where they end, as Windows writes them. */
const lines = array(text, {minLength: 1, maxLength: 3}).map(parts => parts.join('\r\n'));
/** LogMonitor drops empty lines; long ones are cut. */
const line = oneof(
  text,
  tuple(text, nat(5000)).map(([t, n]) => `${t}${'x'.repeat(n)}`),
).filter(t => t.trim() !== '');
const name = string({unit: constantFrom('a', 'B', '7', '-', ' ', '.'), minLength: 1, maxLength: 12}).map(
  n => `N${n}`,
);
const key = string({unit: constantFrom('a', 'B', '-', '7'), minLength: 1, maxLength: 8}).map(n => `k${n}`);
const level = constantFrom<LevelName[]>('Critical', 'Error', 'Warning', 'Information', 'Verbose');
const time = nat(86_399).map(s => `2024-03-05T${new Date(s * 1000).toISOString().slice(11, 19)}.000Z`);
const value = oneof(
  text,
  constantFrom('0', '7', '007', '-5', '18446744073709551615', '1.50', '9007199254740993', ''),
);

const event: Arbitrary<SimEvent> = oneof(
  record({
    kind: constantFrom('event' as const),
    time,
    provider: name,
    channel: name,
    level,
    id: nat(65_535),
    message: lines,
  }),
  record({
    kind: constantFrom('file' as const),
    file: constantFrom('a.log', 'LogFiles\\W3SVC1\\u.log', 'd\\\\e.log'),
    line,
  }),
  record({kind: constantFrom('process' as const), line}),
  record({
    kind: constantFrom('etw' as const),
    time,
    provider: name,
    guid: constantFrom('{305FC87B-002A-5E26-D297-60223012CA9C}'),
    level,
    id: nat(65_535),
    items: array(tuple(key, value), {maxLength: 6}),
  }),
  record({
    kind: constantFrom('trace' as const),
    time,
    level: constantFrom('INFO' as const, 'WARNING' as const, 'ERROR' as const),
    text: name,
  }),
);

/** What a record must be, but for fields that LogMonitor does not print in this dialect. */
function wrongOf(dialect: Dialect, event: SimEvent, got: LogRecord | undefined): string[] {
  if (!got) return ['there is no record'];
  const wrong: string[] = [];
  const expect = (field: string, value: unknown, want: unknown): void => {
    if (JSON.stringify(value) !== JSON.stringify(want))
      wrong.push(`${field} is ${JSON.stringify(value)}, not ${JSON.stringify(want)}`);
  };
  const custom = dialect === '2.1.1-custom';
  switch (event.kind) {
    case 'event':
      expect('source', got.source, 'EventLog');
      expect('time', got.time, event.time);
      expect('level', got.level, event.level);
      if (!custom) expect('channel', got.channel, event.channel);
      if (!custom) expect('eventId', got.eventId, event.id);
      if (!custom && dialect !== '1.2.1' && dialect !== '2.0.2-json')
        expect('provider', got.provider, event.provider);
      if (got.lossless) expect('message', got.message, event.message);
      break;
    case 'file':
      expect('source', got.source, 'File');
      if (got.lossless) expect('file', got.file, event.file);
      if (got.lossless) expect('message', got.message, event.line);
      break;
    case 'process':
      expect('source', got.source, dialect === '1.2.1' ? 'Raw' : 'Process');
      if (got.lossless) expect('message', got.message, event.line);
      break;
    case 'etw':
      expect('source', got.source, 'ETW');
      expect('time', got.time, event.time);
      expect('level', got.level, event.level);
      expect('eventId', got.eventId, event.id);
      if (got.lossless && !custom) expect('data', flat(got.data['eventData']), event.items.toSorted(byName));
      break;
    case 'trace':
      expect('source', got.source, 'Monitor');
      expect('time', got.time, event.time);
      expect('message', got.message, event.text);
      break;
  }
  return wrong;
}

/** Properties by name, in the order of their values: an object keeps the order of values of one name, not that of names. */
function flat(data: unknown): [string, string][] {
  return Object.entries(data ?? {})
    .flatMap(([name, value]: [string, unknown]): [string, string][] =>
      Array.isArray(value) ? value.map(v => [name, String(v)]) : [[name, String(value)]],
    )
    .toSorted(byName);
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

for (const dialect of DIALECTS) {
  test(`what LogMonitor ${dialect} prints comes back, each field equal or the record marked as damaged`, t => {
    assert(
      property(array(event, {minLength: 1, maxLength: 8}), events => {
        const parser = new LogParser();
        const bytes = Buffer.from(events.map(e => print(dialect, e)).join(''));
        const records = [...parser.push(bytes), ...parser.flush()];
        t.is(records.length, events.length, JSON.stringify({events, records}, undefined, 1));
        for (const [i, one] of events.entries()) {
          const wrong = wrongOf(dialect, one, records[i]);
          if (wrong.length > 0)
            throw new Error(`${wrong.join('; ')}\n${JSON.stringify(print(dialect, one))}`);
        }
      }),
      {numRuns: RUNS},
    );
  });
}
