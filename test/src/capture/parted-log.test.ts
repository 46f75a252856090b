import test from 'ava';
import {array, assert, constantFrom, nat, property} from 'fast-check';
import type {LogSummary} from '../../../src/logs/summary.ts';
import {PartedLog} from '../../../src/capture/parted-log.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const mark = (word: string, name: string): string =>
  `==== ${word} logs for container ${name} of pod shop/web-0 ====`;

/** What a file comes to that is told in pieces which end at these places; each is overwritten once it was told. */
function told(text: string, ends: readonly number[]): [container: string, summary: LogSummary][] {
  const log = new PartedLog();
  const all = bytes(text);
  const places = [...new Set(ends.map(end => end % (all.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const end of [...places, all.length]) {
    const piece = all.slice(from, end);
    log.push(piece);
    piece.fill(0x78);
    from = end;
  }
  return log.end().map(({container, summarizer}) => [container, summarizer.end(false)]);
}

test('the logs of single containers are found, and what belongs to none is not', t => {
  const lines = [
    'lost',
    mark('START', 'web'),
    'a',
    '= b',
    '',
    mark('END', 'web'),
    'lost',
    mark('START', 'side'),
  ];
  t.deepEqual(
    told(`${lines.join('\n')}\r\n`, []).map(([container, {records, bytes: size}]) => [
      container,
      records,
      size,
    ]),
    [
      ['web', 3, 'a\n= b\n\n'.length],
      ['side', 0, 0],
    ],
  );
});

test('a line that is too long for a mark is none, wherever it is cut', t => {
  const long = `${mark('START', 'x'.repeat(2000))}\n`;
  const text = `${mark('START', 'web')}\n${long}`;
  for (const ends of [[], [1400], [100, 200, 1500]])
    t.deepEqual(
      told(text, ends).map(([container, {bytes: size}]) => [container, size]),
      [['web', long.length]],
    );
});

test('pieces come to the same as the whole', t => {
  const line = constantFrom(
    mark('START', 'web'),
    mark('START', 'side'),
    mark('END', 'web'),
    `${mark('END', 'side')}\r`,
    '==== not a mark',
    '=',
    '',
    'a line',
    '2026-09-01T11:00:00.5Z stdout F text',
  );
  assert(
    property(
      array(line, {maxLength: 20}),
      constantFrom('', '\n'),
      array(nat(2000), {maxLength: 30}),
      (lines, end, ends) => {
        const text = lines.join('\n') + end;
        t.deepEqual(told(text, ends), told(text, []));
      },
    ),
  );
});
