import test from 'ava';
import {array, assert, constantFrom, dictionary, jsonValue, property, string, tuple} from 'fast-check';
import {elementTexts, memberText} from '../../../agent/hcn/raw-json.ts';

/** JSON as HNS might write it: any value, with spaces between or without. */
const spaced = tuple(jsonValue(), constantFrom(undefined, 1, '\t'));

test('elements of an array are its own text, and mean what it means', t => {
  assert(
    property(array(jsonValue()), constantFrom(undefined, 1, '\t'), (values, space) => {
      const texts = elementTexts(JSON.stringify(values, null, space));
      t.deepEqual(
        texts.map(text => JSON.parse(text)),
        JSON.parse(JSON.stringify(values)),
      );
    }),
  );
});

test('a member is found by its name among any others', t => {
  assert(
    property(spaced, dictionary(string(), jsonValue()), ([value, space], others) => {
      const {Output: _, ...rest} = others;
      const text = memberText(JSON.stringify({...rest, Output: value}, null, space), 'Output');
      t.deepEqual(JSON.parse(text ?? ''), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('integers beyond 2^53 keep every digit', t => {
  const json = '[{"LastUpdateTime":132062690972642312}, {"Version":64424509440, "N":18446744073709551615}]';
  t.deepEqual(elementTexts(json), [
    '{"LastUpdateTime":132062690972642312}',
    '{"Version":64424509440, "N":18446744073709551615}',
  ]);
  t.is(memberText('{"Output":132062690972642312,"Success":true}', 'Output'), '132062690972642312');
});

for (const [what, json] of [
  ['null', 'null'],
  ['{}', '{}'],
  ['[]', ' [ ] '],
  ['nothing', ''],
]) {
  test(`an empty list may be written ${what}`, t => t.deepEqual(elementTexts(json ?? ''), []));
}

test('an object where a list was expected is its one element', t => {
  t.deepEqual(elementTexts('{"ID":"a"}'), ['{"ID":"a"}']);
});

test('a member that is missing is not there, and what is no object has no members', t => {
  t.is(memberText('{"Success":true}', 'Output'), undefined);
  t.is(memberText('["Output"]', 'Output'), undefined);
  t.is(memberText('{"constructor":1}', 'toString'), undefined);
});

test('what is no JSON says so', t => {
  t.throws(() => elementTexts('[1,'), {instanceOf: SyntaxError});
});
