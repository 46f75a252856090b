import test from 'ava';
import {array, assert, boolean, integer, property, string, tuple} from 'fast-check';
import {Batch} from '../../../plugin/bundle/batch.ts';

test('pieces come out in their order, none larger than the batch unless it came so', t => {
  const pieces = array(tuple(boolean(), string({unit: 'binary', maxLength: 30})));
  assert(
    property(integer({min: 1, max: 40}), pieces, (size, given) => {
      const out: Buffer[] = [];
      const batch = new Batch(Buffer.alloc(size), bytes => out.push(Buffer.from(bytes)));
      for (const [asText, text] of given)
        if (asText) batch.addText(text);
        else batch.add(Buffer.from(text));
      batch.flush();
      t.deepEqual(Buffer.concat(out), Buffer.from(given.map(([, text]) => text).join('')));
      t.true(out.every(bytes => bytes.length > 0));
    }),
  );
});
