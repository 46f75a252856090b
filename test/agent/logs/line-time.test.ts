import test from 'ava';
import {lineTime, sinceFilter} from '../../../agent/logs/line-time.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');

for (const [line, time] of [
  ['time="2026-09-01T12:00:00.123456789Z" level=info msg="starting"', '2026-09-01T12:00:00.123Z'],
  ['{"level":"info","ts":"2026-09-01T12:00:00.5+02:00","msg":"x"}', '2026-09-01T10:00:00.500Z'],
  ['2026-09-01T12:00:00Z stdout F hello', '2026-09-01T12:00:00.000Z'],
  ['2026-09-01 12:00:00,250+0000 INFO', '2026-09-01T12:00:00.250Z'],
] as const) {
  test(`the time of ${line}`, t => {
    t.is(lineTime(line, NOW), Date.parse(time));
  });
}

test("klog's header and Go's log package write the node's own time", t => {
  const local = new Date(2026, 8, 1, 12, 34, 56).getTime();
  t.is(lineTime('I0901 12:34:56.789012    1234 kubelet.go:1] x', NOW), local);
  t.is(lineTime('2026/09/01 12:34:56 [1234] x', NOW), local);
});

test('a klog header of December read in January is of the year before', t => {
  const now = new Date(2026, 0, 2).getTime();
  t.is(lineTime('E1231 23:00:00.000000 1 x.go:1] x', now), new Date(2025, 11, 31, 23).getTime());
});

test('a line that names no time has none', t => {
  t.is(lineTime('panic: runtime error', NOW), undefined);
  t.is(lineTime('2026-99-99T99:99:99Z', NOW), undefined);
});

test('since leaves out older lines with what belongs to them', t => {
  const filter = sinceFilter(Date.parse('2026-09-01T12:00:00Z'), () => NOW);
  t.is(filter.push('2026-09-01T11:59:59Z old\n  of the old one\n'), '');
  t.is(
    filter.push('2026-09-01T12:00:00Z new\n  of the new one\n'),
    '2026-09-01T12:00:00Z new\n  of the new one\n',
  );
  t.is(filter.push('2026-09-01T11:00:00Z out of order\n'), '2026-09-01T11:00:00Z out of order\n');
});

test('a log without times is kept whole', t => {
  t.is(sinceFilter(NOW, () => NOW).push('a\nb\n'), 'a\nb\n');
});
