import test from 'ava';
import * as fc from 'fast-check';
import {matchesGlob} from '../../../src/report/glob.ts';

test('a star is any run, a question mark one character, all else itself', t => {
  t.true(matchesGlob('web-*', 'web-0'));
  t.true(matchesGlob('*', ''));
  t.true(matchesGlob('*-?', 'web-1'));
  t.true(matchesGlob('a*b*c', 'axxbyybc'));
  t.false(matchesGlob('web-*', 'api-0'));
  t.false(matchesGlob('?', ''));
  t.false(matchesGlob('a.c', 'abc'));
  t.false(matchesGlob('', 'a'));
  t.true(matchesGlob('(a|b)[', '(a|b)['));
});

const letters = (...of: string[]): fc.Arbitrary<string> =>
  fc.string({unit: fc.constantFrom(...of), maxLength: 8});

test('it agrees with the plain definition', t => {
  const plain = (p: string, s: string): boolean => {
    if (p === '') return s === '';
    if (p[0] === '*') return plain(p.slice(1), s) || (s !== '' && plain(p, s.slice(1)));
    return s !== '' && (p[0] === '?' || p[0] === s[0]) && plain(p.slice(1), s.slice(1));
  };
  fc.assert(
    fc.property(letters('a', 'b', '*', '?'), letters('a', 'b'), (p, s) => {
      t.is(matchesGlob(p, s), plain(p, s), `${p} on ${s}`);
    }),
    {numRuns: 2000},
  );
});

test('many stars cost no more than pattern times text', t => {
  const start = performance.now();
  t.false(matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000)));
  t.true(performance.now() - start < 2000);
});
