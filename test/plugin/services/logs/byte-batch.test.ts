import test from 'ava';
import {array, assert, integer, nat, oneof, property} from 'fast-check';
import {isCleanText} from '../../../../src/logs/bytes.ts';
import type {LogRecord} from '../../../../src/logs/record.ts';
import {LogParser} from '../../../../src/parse/logmonitor/parser.ts';
import {Scanner} from '../../../../src/parse/logmonitor/scanner.ts';
import {receiverFor, scannerOptions} from '../../../../plugin/services/logs/receivers.ts';
import {portableFormat} from '../../../../plugin/services/logs/render.ts';
import {Windows} from '../../../../plugin/services/logs/windows.ts';
import {stream} from '../../../helpers/log-streams.ts';

const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 20_000 : 600;

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
