import {array, boolean, constantFrom, integer, oneof, string, tuple} from 'fast-check';
import type {Arbitrary} from 'fast-check';
import {DIALECTS, print} from './logmonitor.ts';
import type {SimEvent} from './logmonitor.ts';

export const TIME = '2024-03-05T09:10:11.000Z';
const word = constantFrom(
  'a',
  'Z9',
  '"',
  '\\',
  '\\\\',
  '~"',
  '?',
  '<',
  '\t',
  'é',
  'C:\\dir\\',
  '\\n',
  '[',
  ']',
  ' ERROR ',
);
const words = array(word, {maxLength: 8}).map(parts => parts.join(''));
const stamps = constantFrom(
  '',
  '2024-03-05 09:10:11 ',
  '2024-03-05 09:10:11,123 [7] WARN ',
  '2024-03-05 09:10:11.1234567 +01:00 ',
  '2024-03-05 09:10:11',
  'fail: Shop[0] ',
  '#Fields: date time sc-status\n',
);
const plain = constantFrom('', 'x'.repeat(60), 'GET /api 200 0 15');
const rows = constantFrom(
  '#Fields: date time s-ip sc-status',
  '#Fields: date time sc-status',
  '#Fields: time sc-status date',
  '2024-03-05 09:10:11 10.0.0.9 500 0',
  '2024-03-05 09:10:11 10.0.0.9 404',
  '2024-03-05 09:10:11 10.0.0.9 ',
  '2024-03-05 09:10:11 10.0.0.9',
  '09:10:11 500 2024-03-05',
  '2024-13-99 09:10:11 [7] ERROR x',
  '2024-03-05 09:10:11 [x',
);
const line = oneof(
  {weight: 3, arbitrary: oneof(plain, words).chain(text => stamps.map(stamp => `${stamp}${text}`))},
  {weight: 1, arbitrary: rows},
);
const files = ['a.log', 'b\\c.log', 'x] ERROR 5 5 5.log'];
const event: Arbitrary<SimEvent> = oneof(
  line.map(message => ({
    kind: 'event' as const,
    time: TIME,
    provider: message.length % 2 === 0 ? 'Shop' : '.NET Runtime',
    channel: 'Application',
    level: message.length % 3 === 0 ? ('Error' as const) : ('Information' as const),
    id: message.length,
    message: `${message}\r\n   at Shop.Take("${message.length}")`,
  })),
  line.map(text => ({kind: 'file' as const, file: files[text.length % 3] ?? '', line: text})),
  line.map(text => ({kind: 'process' as const, line: text})),
  oneof(words, plain).map(text => ({
    kind: 'etw' as const,
    time: TIME,
    provider: 'P',
    guid: '{7E8AD27F-B271-4EA2-A783-A47BDE29143B}',
    level: 'Information' as const,
    id: text.length,
    items: [
      ['k', text] as [string, string],
      [text.length % 5 === 0 ? 'k' : 'n', String(text.length)] as [string, string],
    ],
  })),
);
const bits = oneof(
  constantFrom(
    '"',
    '\\',
    '\r\n',
    '\n',
    '{"Source":',
    '"}}\r\n',
    '\0',
    'é',
    '2024-03-05T09:10:11.1Z stdout P ',
  ),
  string({unit: integer({min: 0, max: 255}).map(code => String.fromCharCode(code)), maxLength: 6}),
);
/** What one version prints: its records are alike. */
const ofOneDialect = constantFrom(...DIALECTS).chain(dialect =>
  array(tuple(event, boolean()), {maxLength: 40}).map(events =>
    events
      // The runtime takes the CR away.
      .map(([one, bare]) => (bare ? print(dialect, one).replaceAll('\r\n', '\n') : print(dialect, one)))
      .join(''),
  ),
);
const mixed = array(
  oneof(
    {weight: 9, arbitrary: event.chain(e => constantFrom(...DIALECTS).map(dialect => print(dialect, e)))},
    {weight: 1, arbitrary: bits},
  ),
  {maxLength: 30},
).map(parts => parts.join(''));
/** Streams of LogMonitor's and other lines, with damage. */
export const stream = oneof(mixed, ofOneDialect);
