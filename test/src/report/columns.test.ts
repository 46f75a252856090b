import test from 'ava';
import * as fc from 'fast-check';
import {columnsOf, cutTo, padTo, paintCode, wrap} from '../../../src/report/columns.ts';

test('East Asian characters and pictures take two columns, marks none', t => {
  t.is(columnsOf('node'), 4);
  t.is(columnsOf('節点'), 4);
  t.is(columnsOf('👍'), 2);
  t.is(columnsOf('e\u0301'), 1);
});

test('padding and cutting go by columns', t => {
  t.is(padTo('節', 4), '節  ');
  t.is(cutTo('abcdef', 4), 'abc…');
  t.is(cutTo('節点節点', 5), '節点…');
  t.is(cutTo('abcd', 4), 'abcd');
});

test('lines break at spaces, and a long word inside', t => {
  t.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrap('abcdefgh', 3), ['abc', 'def', 'gh']);
  t.deepEqual(wrap('', 10), ['']);
  t.deepEqual(wrap('a b c d', 3, 1), ['a', 'b c', 'd']);
});

test('a command stays on one line where it fits on one', t => {
  t.deepEqual(wrap('Look: `kubectl get pods` now', 20), ['Look:', '`kubectl get pods`', 'now']);
  t.deepEqual(wrap('`a b` c', 4), ['`a', 'b` c']);
  t.deepEqual(wrap('stray ` tick here', 6), ['stray', '` tick', 'here']);
});

test('colour goes on over the end of a line', t => {
  t.deepEqual(
    paintCode(['x `a', 'b` y'], part => `<${part}>`),
    ['x <`a>', '<b`> y'],
  );
});

test('painting adds nothing but paint', t => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: fc.constantFrom('a', '`', ' ')})), lines => {
      const painted = paintCode(lines, part => `<${part}>`);
      t.deepEqual(
        painted.map(line => line.replaceAll(/[<>]/g, '')),
        lines,
      );
      t.false(painted.some(line => line.includes('<>')));
    }),
  );
});

test('no line is too wide and no word is lost, whatever the text', t => {
  fc.assert(
    fc.property(
      fc.string({unit: 'grapheme', maxLength: 200}),
      fc.integer({min: 2, max: 80}),
      (text, width) => {
        const lines = wrap(text, width);
        t.true(lines.every(line => columnsOf(line) <= width));
        t.is(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      },
    ),
  );
});
