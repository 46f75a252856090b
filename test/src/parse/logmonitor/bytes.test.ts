import test from 'ava';
import {array, assert, constantFrom, integer, nat, oneof, property, string} from 'fast-check';
import type {FoundSink} from '../../../../src/parse/logmonitor/found.ts';
import type {LineFormat} from '../../../../src/parse/logmonitor/scanner.ts';
import {Scanner} from '../../../../src/parse/logmonitor/scanner.ts';

/** Bits that bring a parser into all its states. */
const BITS = [
  '{"Source": "EventLog","LogEntry": {"EventSource": "A","Time": "2024-03-05T09:10:11.000Z","Channel": "System","Level": "Error","EventId": 7,"Message": "',
  '"}}\r\n',
  '{"Source":"Process","LogEntry":{"Logline":"',
  '"},"SchemaVersion":"1.0.0"}\n',
  '{"Source": "File","LogEntry": {"Logline": "',
  '","FileName": "a\\\\b.log',
  '<Log><Source>EventLog</Source><LogEntry><Time>2024-03-05T09:10:11.000Z</Time><Channel>System</Channel><Level>Error</Level><EventId>7</EventId><Message>',
  '</Message></LogEntry></Log>\r\n',
  '<Source>EventLog</Source><Time>2024-03-05T09:10:11.000Z</Time><LogEntry><Channel>System</Channel>',
  '<Source>EtwEvent</Source><Time>2024-03-05T09:10:11.000Z</Time>',
  '[2024-03-05T09:10:11.000Z][LOGMONITOR] ERROR: no\r\n',
  '[2024-03-05T09:10:11.000Z] [EventLog] [Error] text',
  '2024-03-05T09:10:11.000000001Z stdout P ',
  '2024-03-05T09:10:11.000000001Z stderr F ',
  'Log File: a.log\r\n',
  '[Log File: a.log] ',
  '\r\r\n',
  '\r\n',
  '\n',
  '\\',
  '"',
  '\0',
  '\xff\xfe',
  '\xc3\xa9',
  '#Fields: time sc-status\n',
];
const piece = oneof(
  constantFrom(...BITS),
  string({unit: integer({min: 0, max: 255}).map(code => String.fromCharCode(code)), maxLength: 12}),
);
const stream = array(piece, {maxLength: 40}).map(pieces => pieces.join(''));
const cuts = array(nat(200), {maxLength: 12});
const formats = constantFrom<(LineFormat | 'auto')[]>('auto', 'plain', 'cri', 'stamped');

/** Scans a text that comes in pieces, and joins the bytes of all records again. */
function rawOf(text: string, sizes: readonly number[], format: LineFormat | 'auto'): string {
  const scanner = new Scanner({format});
  let raw = '';
  let rest = '';
  const sink: FoundSink = found => {
    raw += found.raw.slice(found.rawStart, found.rawEnd);
  };
  let at = 0;
  for (const size of sizes) {
    const whole = rest + text.slice(at, at + size);
    rest = whole.slice(scanner.scan(whole, false, sink));
    at += size;
  }
  scanner.scan(rest + text.slice(at), true, sink);
  return raw;
}

test('whatever bytes come, in whatever pieces, records hold every one of them, in order', t => {
  assert(
    property(stream, cuts, formats, (text, sizes, format) => {
      // The two streams of the runtime's files are told apart, so what waits for its end comes later.
      if (format === 'plain' || format === 'stamped') t.is(rawOf(text, sizes, format), text);
      else t.deepEqual(charsOf(rawOf(text, sizes, format)), charsOf(text));
    }),
    {numRuns: 2000},
  );
});

/** Bytes without their order. */
function charsOf(text: string): string[] {
  return Array.from(text).sort();
}
