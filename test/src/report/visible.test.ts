import test from 'ava';
import * as fc from 'fast-check';
import {hasUnseen, visible, visibleJson} from '../../../src/report/visible.ts';

test('what acts instead of showing becomes an escape', t => {
  t.is(visible('a\u001b[31mb'), String.raw`a\x1b[31mb`);
  t.is(visible('a\nb\tc\r'), String.raw`a\nb\tc\r`);
  t.is(visible('\u202egpj.exe'), String.raw`\u202egpj.exe`);
  t.is(visible('\u009b2J\u0000\u007f'), String.raw`\x9b2J\x00\x7f`);
  t.is(visible('\ud800'), String.raw`\ud800`);
  t.is(visible('\u{e0041}'), String.raw`\u{e0041}`);
  t.is(visible('\u2028\ufeff\u200b'), String.raw`\u2028\ufeff\u200b`);
});

test('what shows is left alone', t => {
  const text = 'C:\\Windows\\System32 "x" größe 節点 👍 é';
  t.is(visible(text), text);
  t.false(hasUnseen(text));
});

test('an escaped string has nothing unseen left, and JSON keeps its value', t => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), text => {
      t.false(hasUnseen(visible(text)));
      t.deepEqual(JSON.parse(visibleJson(JSON.stringify({[text]: text}, null, 2))), {[text]: text});
    }),
  );
});
