import test from 'ava';
import {assert, constantFrom, nat, property} from 'fast-check';
import type {LogFilter} from '../../../../src/logs/filter.ts';
import {namePattern, sieveOf} from '../../../../src/logs/filter.ts';
import {Scanner} from '../../../../src/parse/logmonitor/scanner.ts';
import {receiverFor, scannerOptions} from '../../../../plugin/services/logs/receivers.ts';
import {Windows} from '../../../../plugin/services/logs/windows.ts';
import {TIME, stream} from '../../../helpers/log-streams.ts';

const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 20_000 : 600;

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

/** The same by reading every record whole. */
function chosenSlowly(bytes: Buffer, filter: LogFilter): Buffer {
  const sieve = sieveOf(filter);
  const pieces: Buffer[] = [];
  new Scanner().scan(bytes.toString('latin1'), true, found => {
    if (!sieve || sieve(found))
      pieces.push(Buffer.from(found.raw.slice(found.rawStart, found.rawEnd), 'latin1'));
  });
  return Buffer.concat(pieces);
}

const CHOICES: readonly LogFilter[] = [
  {level: 'Error'},
  {level: 'Warning'},
  {level: 'Verbose'},
  {eventIds: new Set([0, 1, 3, 8, 16])},
  {sources: new Set(['File', 'ETW'])},
  {providers: [namePattern('P')], level: 'Information'},
  {channels: [namePattern('application')]},
  {files: [namePattern('*.log')], level: 'Error'},
  {sources: new Set(['EventLog']), level: 'Error', eventIds: new Set([5, 15, 24])},
];

test('the bytes that a filter chooses are those of the records that pass it when all is read of them', t => {
  assert(
    property(stream, nat(4000), constantFrom(...CHOICES), (text, size, filter) => {
      const bytes = Buffer.from(text, 'utf8');
      t.is(
        chosen(bytes, size + 1, filter).toString('latin1'),
        chosenSlowly(bytes, filter).toString('latin1'),
      );
    }),
    {numRuns: RUNS},
  );
});

function file(row: string, name = 'a.log'): string {
  return `{"Source": "File","LogEntry": {"Logline": "${row}","FileName": "${name}"},"SchemaVersion":"1.0.0"}`;
}

function made(row: string): string {
  return `{"Source":"Process","LogEntry":{"Logline":"${row}"},"SchemaVersion":"1.0.0"}`;
}

function logged(message: string, id = '7'): string {
  return `{"Source": "EventLog","LogEntry": {"EventSource": "Shop","Time": "${TIME}","Channel": "Application","Level": "Error","EventId": ${id},"Message": "${message}"}}`;
}

test('a line that looks like the one before it and is another is no exception', t => {
  const stamp = '2024-03-05 09:10:11';
  const odd = 'x] ERROR 5 5 5.log';
  const cases: readonly string[] = [
    // A date that is none, a bracket that closes beyond the line, a row with too few cells.
    `${made('a')}\n${made('2024-13-99 09:10:11 ERROR x')}\n`,
    `${file('a', odd)}\r\n${file(`${stamp} [x`, odd)}\r\n`,
    `${file('#Fields: date time s-ip a b sc-status', odd)}\r\n${file(`${stamp} 10.0.0.9`, odd)}\r\n${file(`${stamp} 10.0.0.9 500`, odd)}\r\n`,
    // The record of a process that was cut, and took the next one into its line.
    `${made('a')}\n${made(`fail: ${'y'.repeat(4100)}`).slice(0, 4063)}..."},"SchemaVersion":"1.0.0${made('b')}\n`,
    // Events that go on in the next line, have no number, or have no end.
    `${logged('a')}\n${logged('b')}\r\nat c"}}\n`,
    `${logged('a')}\r\n${logged('b')}\r\r\nat c"}}\r\n`,
    `${logged('a')}\r\n${logged('b', '')}\r\n${logged('c', '7x')}\r\n`,
    `${logged('a')}\r\n${logged('b').slice(0, -3)}\r\n${logged('c')}\r\n`,
    `${logged('a')}\r\n${logged('').replace('"Message": ""', '"Message": "')}\r\n`,
    // Words that are levels and words that are none, and what is shorter than a time.
    ...[
      'ERROR: x',
      'ERRORS',
      'fail: x',
      'fail',
      'f',
      '',
      '5',
      stamp,
      `${stamp} fail`,
      '[ERR] x',
      `${stamp} \\t ERROR x`,
      'fai\\u006c: x',
    ].map(row => `${made('a')}\n${made(row)}\n${file('a')}\r\n${file(row)}\r\n`),
  ];
  for (const text of cases) {
    const bytes = Buffer.from(text.repeat(2));
    for (const filter of CHOICES) {
      t.is(
        chosen(bytes, bytes.length, filter).toString('latin1'),
        chosenSlowly(bytes, filter).toString('latin1'),
        `${JSON.stringify(filter)} ${text}`,
      );
    }
  }
});
