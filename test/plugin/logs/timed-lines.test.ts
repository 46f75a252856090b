import test from 'ava';
import * as fc from 'fast-check';
import type {TimedLine} from '../../../plugin/logs/timed-lines.ts';
import {MAX_PIECE_BYTES, timedLines} from '../../../plugin/logs/timed-lines.ts';

async function cut(bytes: Buffer, sizes: readonly number[] = []): Promise<TimedLine[]> {
  async function* chunks(): AsyncGenerator<Buffer> {
    let at = 0;
    for (const size of sizes) {
      yield bytes.subarray(at, at + size);
      at += size;
    }
    yield bytes.subarray(at);
  }
  const lines: TimedLine[] = [];
  for await (const line of timedLines(chunks())) lines.push(line);
  return lines;
}

test('the time stands before the first space, and the rest is the line', async t => {
  const [line] = await cut(Buffer.from('2026-09-01T12:00:00.123456789+02:00 GET / 200\n'));
  t.deepEqual(line, {
    time: '2026-09-01T12:00:00.123456789+02:00',
    bytes: Buffer.from('GET / 200'),
    more: false,
  });
});

test('a line without a time is kept whole', async t => {
  const [line] = await cut(Buffer.from('failed to try resolving symlinks\n'));
  t.is(line?.time, '');
  t.is(line?.bytes.toString(), 'failed to try resolving symlinks');
});

test('an empty line is a line, and the end of the stream ends one', async t => {
  const lines = await cut(
    Buffer.from('2026-09-01T12:00:00Z \n2026-09-01T12:00:01Z\n2026-09-01T12:00:02Z last'),
  );
  t.deepEqual(
    lines.map(l => `${l.time}|${l.bytes.toString()}`),
    ['2026-09-01T12:00:00Z|', '2026-09-01T12:00:01Z|', '2026-09-01T12:00:02Z|last'],
  );
});

test('a long line comes in pieces that are cut at the same places however it arrives', async t => {
  const whole = Buffer.concat([
    Buffer.from('2026-09-01T12:00:00Z '),
    Buffer.alloc(2.5 * MAX_PIECE_BYTES, 'x'),
    Buffer.from('\n2026-09-01T12:00:01Z next\n'),
  ]);
  const atOnce = await cut(whole);
  const dripping = await cut(whole, [7, 1000, MAX_PIECE_BYTES + 3, 5]);
  t.deepEqual(
    dripping.map(l => l.bytes.length),
    atOnce.map(l => l.bytes.length),
  );
  t.deepEqual(
    atOnce.map(l => l.more),
    [true, true, false, false],
  );
  t.deepEqual([...new Set(atOnce.slice(0, 3).map(l => l.time))], ['2026-09-01T12:00:00Z']);
});

test('whatever the bytes and wherever they are cut, none is lost', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({maxLength: 300}),
      fc.array(fc.nat(40), {maxLength: 8}),
      async (bytes, sizes) => {
        const lines = await cut(Buffer.from(bytes), sizes);
        const again = lines.map(l =>
          l.time === '' ? l.bytes : Buffer.concat([Buffer.from(`${l.time} `), l.bytes]),
        );
        const text = Buffer.from(bytes).toString('latin1').replace(/\n$/, '');
        t.is(again.map(b => b.toString('latin1')).join('\n'), text);
      },
    ),
  );
});
