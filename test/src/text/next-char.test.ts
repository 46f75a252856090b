import * as fc from 'fast-check';
import test from 'ava';
import {NextChar} from '../../../src/text/next-char.ts';

const text = fc.string({unit: fc.constantFrom('a', '\\', '"'), maxLength: 30});
const places = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), {maxLength: 20});

test('whatever is asked in whatever order, the character is found where it stands', t => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, places), {maxLength: 5}), asked => {
      const next = new NextChar('\\');
      for (const [of, pairs] of asked)
        for (const [from, length] of pairs) {
          const to = Math.min(from + length, of.length);
          t.is(next.isIn(of, from, to), of.slice(from, to).includes('\\'), JSON.stringify([of, from, to]));
        }
    }),
  );
});
