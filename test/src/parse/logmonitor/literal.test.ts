import * as fc from 'fast-check';
import test from 'ava';
import {Literal} from '../../../../src/parse/logmonitor/literal.ts';

/** Bytes among which doubles are zeros, no numbers, and numbers. */
const bytes = fc.string({
  unit: fc.constantFrom('\0', 'a', 'b', '\x7f', '\x80', '\xf0', '\xff'),
  maxLength: 40,
});

test('a literal is found among bytes just where it stands in the text of them', t => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(40), fc.nat(40), (before, after, from, length) => {
      const text = `${before}{"Source": "File"${after}`;
      const view = new DataView(Uint8Array.from(text, char => char.charCodeAt(0)).buffer);
      for (const literal of [
        text.slice(from, from + length),
        '{"Source"',
        '{"Source": "File"',
        before,
        after,
      ])
        for (let at = -1; at <= text.length; at++)
          t.is(new Literal(literal).isIn(view, at), at >= 0 && text.startsWith(literal, at));
    }),
    {numRuns: 50},
  );
});
