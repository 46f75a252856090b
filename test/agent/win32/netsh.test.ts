import test from 'ava';
import {array, assert, boolean, integer, property, record} from 'fast-check';
import {parseDynamicRange, parseExcludedRanges} from '../../../agent/win32/netsh.ts';
import {DYNAMIC_PORTS, EXCLUDED_PORTS} from './recorded.ts';

for (const [language, output] of Object.entries(DYNAMIC_PORTS))
  test(`the dynamic range is read from netsh in ${language}`, t => {
    t.deepEqual(parseDynamicRange(output, 'tcp'), {protocol: 'tcp', start: 49152, count: 16384});
  });

for (const [language, output] of Object.entries(EXCLUDED_PORTS))
  test(`excluded ranges are read from netsh in ${language}, administered ones by their star`, t => {
    t.deepEqual(parseExcludedRanges(output, 'udp'), [
      {protocol: 'udp', start: 80, end: 80, administered: false},
      {protocol: 'udp', start: 5357, end: 5357, administered: false},
      {protocol: 'udp', start: 49696, end: 49795, administered: false},
      {protocol: 'udp', start: 50000, end: 50059, administered: true},
    ]);
  });

test('bytes of an OEM code page do not disturb the numbers', t => {
  const oem = Buffer.from(EXCLUDED_PORTS.German.replaceAll('ü', '\u0081'), 'latin1').toString('latin1');
  t.is(parseExcludedRanges(oem, 'tcp').length, 4);
});

test('a node without exclusions has none, and an answer without numbers is no range', t => {
  t.deepEqual(parseExcludedRanges(EXCLUDED_PORTS.English.replaceAll(/^ +\d.*$/gm, ''), 'tcp'), []);
  t.is(parseDynamicRange('The requested operation requires elevation.\r\n', 'tcp'), undefined);
  t.is(parseDynamicRange('', 'tcp'), undefined);
});

test('any ranges that netsh prints are read back', t => {
  const port = integer({min: 0, max: 65_535});
  const ranges = array(record({start: port, end: port, administered: boolean()}));
  assert(
    property(ranges, list => {
      const lines = list.map(
        ({start, end, administered}) =>
          `${String(start).padStart(10)}  ${String(end).padStart(10)}     ${administered ? '*' : ' '}`,
      );
      const output = ['Title 4', '', 'A  B', '----------    --------', ...lines, '', '* - x'].join('\r\n');
      t.deepEqual(
        parseExcludedRanges(output, 'tcp'),
        list.map(range => ({protocol: 'tcp' as const, ...range})),
      );
    }),
  );
});
