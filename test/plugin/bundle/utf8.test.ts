import test from 'ava';
import {array, assert, constantFrom, nat, oneof, property, string, uint8Array} from 'fast-check';
import {Utf8Pieces} from '../../../plugin/bundle/utf8.ts';

function decoded(bytes: Uint8Array, cuts: readonly number[]): string {
  const pieces = new Utf8Pieces();
  let text = '';
  let at = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    const end = Math.min(Math.max(cut, at), bytes.length);
    text += pieces.text(bytes.subarray(at, end));
    at = end;
  }
  return text + pieces.end();
}

const MIXED = array(
  oneof(string({unit: 'binary'}), constantFrom('plain ASCII\n', 'größer\n', '\uFEFF', '😀')),
);

test('text is the same however its bytes are cut', t => {
  assert(
    property(MIXED, array(nat({max: 60})), (texts, cuts) => {
      const text = texts.join('').toWellFormed();
      t.is(decoded(Buffer.from(text), cuts), text);
    }),
  );
});

test('bytes that are no UTF-8 become what a decoder of the whole makes of them', t => {
  const whole = new TextDecoder('utf-8', {ignoreBOM: true});
  assert(
    property(uint8Array({maxLength: 40}), array(nat({max: 40})), (bytes, cuts) => {
      t.is(decoded(bytes, cuts), whole.decode(bytes));
    }),
  );
});
