import test from 'ava';
import * as fc from 'fast-check';
import {readJson} from '../../../src/node/json.ts';

test('integers beyond 2^53 come whole, as strings', t => {
  t.deepEqual(
    readJson('{"a":133711942079807386,"b":-47244640267000001,"c":12,"d":"133711942079807386"}').value,
    {
      a: '133711942079807386',
      b: '-47244640267000001',
      c: 12,
      d: '133711942079807386',
    },
  );
  t.deepEqual(readJson('[1.0000000000000001,1e300]').value, [1, 1e300]);
});

test('a byte order mark is passed over', t => {
  t.deepEqual(readJson('\uFEFF[1]').value, [1]);
});

test('a text that was cut gives all values that were whole', t => {
  const text = '{"images":[{"id":"a","n":1},{"id":"b","n":2},{"id":"c","n":';
  t.deepEqual(readJson(text), {
    value: {images: [{id: 'a', n: 1}, {id: 'b', n: 2}, {id: 'c'}]},
    problem: 'it breaks off',
  });
  t.deepEqual(readJson('[{"a": "x').value, [{}]);
});

test('what is no JSON has no value, and says so', t => {
  const {value, problem} = readJson('Get-Service : access is denied');
  t.is(value, undefined);
  t.truthy(problem);
  t.is(readJson('').value, undefined);
});

test('any JSON that was cut anywhere is read or refused, and its whole form is itself', t => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({min: 0}), (value, cut) => {
      const text = JSON.stringify(value);
      // Long integers become strings.
      fc.pre(!/\d{16}/.test(text));
      t.deepEqual(JSON.stringify(readJson(text).value), JSON.stringify(JSON.parse(text)));
      readJson(text.slice(0, cut % (text.length + 1)));
    }),
  );
  t.pass();
});

test('long integers become strings wherever they stand, and nothing else does', t => {
  // Tokens as they are written, and what is read of them.
  const whole = fc
    .bigInt({min: -(10n ** 40n), max: 10n ** 40n})
    .map(String)
    .map(token => ({token, value: /\d{16}/.test(token) ? token : Number(token)}));
  const fraction = fc
    .constantFrom('1.0000000000000001', '12345678901234567.5', '1234567890123456e3', '-7.1234567890123456E-7')
    .map(token => ({token, value: Number(token)}));
  const pieces = fc.constantFrom('7', '1234567890123456', ':', ', ', '-', '"', '\\', 'é', '[');
  const text = fc
    .array(pieces)
    .map(some => some.join(''))
    .map(value => ({token: JSON.stringify(value), value}));
  const one = fc.oneof(whole, fraction, text);
  const several = fc
    .array(one)
    .map(some => ({token: `[${some.map(s => s.token).join()}]`, value: some.map(s => s.value)}));
  const space = fc.constantFrom('', ' ', '\n  ');
  fc.assert(
    fc.property(fc.array(fc.tuple(space, fc.oneof(one, several))), fields => {
      const tokens = fields.map(([before, {token}], i) => `"${i}":${before}${token}`);
      const values = fields.map(([, {value}], i) => [String(i), value]);
      t.deepEqual(readJson(`{${tokens.join()}}`).value, Object.fromEntries(values));
    }),
  );
});
