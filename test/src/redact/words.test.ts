import test from 'ava';
import {array, assert, constantFrom, oneof, property, string} from 'fast-check';
import {wordScanner} from '../../../src/redact/words.ts';

const WORDS = ['token=', 'token', 'tok', '@', '//', 'q~', 'key', 'key=', ' login ', '.web.', '-----begin '];

const LETTERS = WORDS.join('').split('');

/** The same by an expression: the longest first. */
const EXPRESSION = new RegExp(
  WORDS.toSorted((a, b) => b.length - a.length)
    .map(word => word.replaceAll('.', String.raw`\.`))
    .join('|'),
  'g',
);

const text = array(oneof(constantFrom(...WORDS, ...LETTERS), string({unit: 'binary', maxLength: 4}))).map(
  parts => parts.join('').toLowerCase(),
);

test('words are found where an expression of all of them finds them', t => {
  const eachWord = wordScanner(WORDS);
  assert(
    property(text, low => {
      const found: [number, string][] = [];
      eachWord(low, (at, word) => {
        found.push([at, word]);
        return at;
      });
      t.deepEqual(
        found,
        [...low.matchAll(EXPRESSION)].map(({0: word, index}) => [index, word]),
      );
    }),
  );
});

test('what was taken behind a word is passed over', t => {
  const found: number[] = [];
  wordScanner(WORDS)('token=key key', at => {
    found.push(at);
    return at + 9;
  });
  t.deepEqual(found, [0, 10]);
});
