import test from 'ava';
import {assert, json, property} from 'fast-check';
import {byName, fields, list, plain, plainFields} from '../../../src/cri/allow.ts';

test('what holds other values is never plain', t => {
  for (const value of ['a', 1, true, null]) t.is(plain(value), value);
  for (const value of [{}, [], {a: 'secret'}, ['secret'], undefined]) t.is(plain(value), undefined);
});

test('fields that nobody named stay out, also where an object stands for a text', t => {
  const rule = fields({...plainFields('name'), inner: fields(plainFields('kept')), all: list(plain)});
  t.deepEqual(
    rule({name: {new: 'secret'}, inner: {kept: 1, other: 'secret'}, all: ['a', ['secret']], env: ['secret']}),
    {inner: {kept: 1}, all: ['a']},
  );
});

test('null stays null, and a value of another kind is nothing', t => {
  for (const rule of [fields({}), list(plain), byName(plain)]) {
    t.is(rule(null), null);
    t.is(rule('text'), undefined);
  }
});

test('keys of the language itself are no fields', t => {
  const rule = fields(plainFields('constructor', '__proto__', 'toString'));
  t.deepEqual(rule({}), {});
  t.deepEqual(byName(plain)(JSON.parse('{"__proto__": "a"}')), JSON.parse('{"__proto__": "a"}'));
});

test('a rule keeps nothing of any JSON but what it names', t => {
  const rule = fields({a: plain, b: list(fields({c: plain}))});
  assert(
    property(json(), text => {
      const kept = rule(JSON.parse(text));
      t.true(
        kept === undefined || kept === null || Object.keys(kept).every(key => key === 'a' || key === 'b'),
      );
    }),
  );
});
