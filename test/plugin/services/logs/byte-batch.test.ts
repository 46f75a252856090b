import test from 'ava';
import {array, assert, constantFrom, integer, nat, oneof, property, string} from 'fast-check';
import type {Arbitrary} from 'fast-check';
import {isCleanText} from '../../../../src/logs/bytes.ts';
import type {LogFilter} from '../../../../src/logs/filter.ts';
import type {LogRecord} from '../../../../src/logs/record.ts';
import {LogParser} from '../../../../src/parse/logmonitor/parser.ts';
import {Scanner} from '../../../../src/parse/logmonitor/scanner.ts';
import {receiverFor, scannerOptions} from '../../../../plugin/services/logs/receivers.ts';
import {portableFormat} from '../../../../plugin/services/logs/render.ts';
import {Windows} from '../../../../plugin/services/logs/windows.ts';
import {DIALECTS, print} from '../../../helpers/logmonitor.ts';
import type {SimEvent} from '../../../helpers/logmonitor.ts';

const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 20_000 : 600;

const TIME = '2024-03-05T09:10:11.000Z';
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
const line = oneof(plain, words).chain(text => stamps.map(stamp => `${stamp}${text}`));
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
  line.map(text => ({kind: 'file' as const, file: text.length % 2 === 0 ? 'a.log' : 'b\\c.log', line: text})),
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
const stream = array(
  oneof(
    {weight: 9, arbitrary: event.chain(e => constantFrom(...DIALECTS).map(dialect => print(dialect, e)))},
    {weight: 1, arbitrary: bits},
  ),
  {maxLength: 30},
).map(parts => parts.join(''));

/** What the command writes of a file that comes in chunks. */
function written(bytes: Buffer, size: number, output: 'ndjson' | 'json', keepRaw: boolean): string {
  const format = portableFormat({output, keepRaw});
  const wish = {
    inputFormat: 'auto' as const,
    layouts: [],
    filter: {},
    format,
    tail: undefined,
    stats: undefined,
  };
  let text = '';
  const receiver = receiverFor(wish, {
    isLimited: false,
    isBehind: false,
    put: (piece: string) => (text += piece),
    putBytes: (piece: Uint8Array) => (text += Buffer.from(piece).toString('latin1')),
  });
  const windows = new Windows(new Scanner(scannerOptions(wish)), found => receiver.take(found, windows));
  const done = (): void => receiver.endOfWindow(windows);
  for (let at = 0; at < bytes.length; at += size) windows.push(bytes.subarray(at, at + size), done);
  windows.end(done);
  receiver.end();
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** The bytes that `-o raw` passes on. */
function chosen(bytes: Buffer, size: number, filter: LogFilter): Buffer {
  const wish = {
    inputFormat: 'auto' as const,
    layouts: [],
    filter,
    format: undefined,
    tail: undefined,
    stats: undefined,
  };
  const pieces: Buffer[] = [];
  const receiver = receiverFor(wish, {
    isLimited: false,
    isBehind: false,
    put: piece => pieces.push(Buffer.from(piece, 'latin1')),
    putBytes: piece => pieces.push(Buffer.from(piece)),
  });
  const windows = new Windows(new Scanner(scannerOptions(wish)), found => receiver.take(found, windows));
  const done = (): void => receiver.endOfWindow(windows);
  for (let at = 0; at < bytes.length; at += size) windows.push(bytes.subarray(at, at + size), done);
  windows.end(done);
  receiver.end();
  return Buffer.concat(pieces);
}

/** The records themselves. */
function recordsOf(bytes: Buffer, keepRaw: boolean): LogRecord[] {
  const parser = new LogParser({keepRaw});
  return [...parser.push(bytes), ...parser.flush()];
}

test('what is copied from the bytes of a log equals what is made of its records, whatever the dialect and damage', t => {
  assert(
    property(stream, nat(4000), (text, size) => {
      const bytes = Buffer.from(text, 'utf8');
      const expected = recordsOf(bytes, false)
        .map(record => `${JSON.stringify(record)}\n`)
        .join('');
      t.is(written(bytes, size + 1, 'ndjson', false), expected);
    }),
    {numRuns: RUNS},
  );
});

test('so do an array, and records with their own bytes', t => {
  assert(
    property(stream, nat(4000), (text, size) => {
      const bytes = Buffer.from(text, 'utf8');
      t.deepEqual(JSON.parse(`[${written(bytes, size + 1, 'json', true)}]`), recordsOf(bytes, true));
    }),
    {numRuns: RUNS / 10},
  );
});

test('the bytes of records of a level are those of the records that have it', t => {
  assert(
    property(stream, nat(4000), (text, size) => {
      const bytes = Buffer.from(text, 'utf8');
      const kept = recordsOf(bytes, true).filter(({level}) => level === 'Error' || level === 'Critical');
      const raw = chosen(bytes, size + 1, {level: 'Error'});
      t.is(raw.toString('utf8'), kept.map(record => record.raw).join(''));
    }),
    {numRuns: RUNS / 2},
  );
});

test('clean text is ASCII without control characters but line ends, byte by byte and word by word', t => {
  const byte = oneof(
    {weight: 30, arbitrary: integer({min: 0x20, max: 0x7e})},
    {weight: 1, arbitrary: integer({min: 0, max: 255})},
  );
  const text = oneof(
    array(byte, {maxLength: 80}),
    array(byte, {maxLength: 80}).map(bytes => [...bytes, 13, 10, ...bytes, 10]),
  );
  assert(
    property(text, nat(3), (bytes, offset) => {
      const memory = new Uint8Array([...Array<number>(offset).fill(1), ...bytes]);
      const expected = /^(?:[\x20-\x7f]|\r*\n)*$/.test(String.fromCharCode(...bytes));
      t.is(isCleanText(memory.subarray(offset)), expected);
    }),
    {numRuns: RUNS},
  );
});
