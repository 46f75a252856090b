import test from 'ava';
import * as fc from 'fast-check';
import {decodeText, linesOf} from '../../../src/capture/decode.ts';

const TEXT = 'Verbindungsspezifisches DNS-Suffix: größer\r\nzweite Zeile\r\n';

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

test('UTF-8 with and without a mark, UTF-16 with and without one, are told apart', t => {
  const cases: [Uint8Array, string][] = [
    [Buffer.from(TEXT), 'utf-8'],
    [Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    [Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    [Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    [utf16be(`\uFEFF${TEXT}`), 'utf-16be'],
    [utf16be(TEXT), 'utf-16be'],
  ];
  for (const [bytes, encoding] of cases)
    t.deepEqual(decodeText(bytes, 'cp850'), {text: TEXT, encoding}, encoding);
});

test('console text of a German or American Windows is read by its code page', t => {
  t.deepEqual(decodeText(Buffer.from('gr\x94\xe1er', 'latin1'), 'cp437'), {
    text: 'größer',
    encoding: 'cp437',
  });
  t.deepEqual(decodeText(Buffer.from('\x9bd\xf5', 'latin1'), 'cp850'), {text: 'ød§', encoding: 'cp850'});
  t.is(decodeText(Buffer.from('\xb3\xc4\xff', 'latin1'), 'cp437').text, '│─\u00a0');
});

test('without a code page, bytes that are no UTF-8 are marked as lost', t => {
  t.deepEqual(decodeText(Buffer.from('a\xffb', 'latin1')), {text: 'a\uFFFDb', encoding: 'utf-8'});
});

test('UTF-8 that was cut inside a character stays UTF-8', t => {
  const bytes = Buffer.from('größe: 5 €');
  t.is(decodeText(bytes.subarray(0, -1), 'cp437').encoding, 'utf-8');
  t.is(decodeText(bytes.subarray(0, -2), 'cp437').encoding, 'utf-8');
});

test('any text survives UTF-8 and UTF-16 with a mark', t => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), text => {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        t.is(decodeText(Buffer.from(`\uFEFF${text}`, encoding)).text, text);
      }
    }),
  );
});

test('any bytes decode', t => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom('cp437', 'cp850', undefined), (bytes, page) => {
      t.is(typeof decodeText(bytes, page).text, 'string');
    }),
  );
});

test('lines end in LF, CRLF or CR', t => {
  t.deepEqual(linesOf('a\r\nb\nc\rd\n'), ['a', 'b', 'c', 'd']);
  t.deepEqual(linesOf(''), []);
  t.deepEqual(linesOf('a\n\n'), ['a', '']);
});
