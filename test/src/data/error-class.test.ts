import test from 'ava';
import * as fc from 'fast-check';
import {errorClass, normalise} from '../../../src/data/error-class.ts';

test('ids, addresses, paths with figures and names do not make a class', t => {
  const text = 'plugin of web-0 failed: 6f1e-44 at 10.0.0.7:443 in C:\\data\\7 (0x803b00ff), took 31.5s';
  t.is(normalise(text, ['web-0']), 'plugin of * failed: * at * in C:\\data\\* (0x803b00ff), took *');
});

test('noise has no class, a known text has its own', t => {
  t.is(errorClass('could not read /proc: CreateFile /proc', []), undefined);
  t.is(errorClass('PLEG is not healthy', [])?.cause, 'pleg-unhealthy');
});

test('the same error on another pod is the same class, whatever the pod is called', t => {
  const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
  fc.assert(
    fc.property(name, name, fc.nat(), (a, b, n) => {
      const text = (pod: string): string => `strange fault 17 of "${pod}" after ${n} tries`;
      t.is(normalise(text(a), [a, 'shop']), normalise(text(b), [b, 'shop']));
    }),
  );
});

test('a class is short, however long the text', t => {
  t.true(normalise('x y '.repeat(100_000), []).length <= 120);
});
