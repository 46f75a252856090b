import test from 'ava';
import {array, assert, constantFrom, integer, oneof, property, string, tuple} from 'fast-check';
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
/** Texts that go on over the windows in which they are looked at, of 8,188 characters. */
const long = tuple(constantFrom('x', 'ö'), integer({min: 8100, max: 8200}), text, text).map(
  ([filling, length, first, second]) =>
    filling.repeat(length).slice(0, length) + first + filling.repeat(8188).slice(first.length) + second,
);

const eachWord = wordScanner(WORDS);

function foundIn(low: string): [at: number, word: string][] {
  const found: [number, string][] = [];
  eachWord(low, (at, word) => {
    found.push([at, word]);
    return at;
  });
  return found;
}

function expected(low: string): [at: number, word: string][] {
  return [...low.matchAll(EXPRESSION)].map(({0: word, index}) => [index, word]);
}

test('words are found where an expression of all of them finds them', t => {
  assert(property(text, low => t.deepEqual(foundIn(low), expected(low))));
});

test('words are found at the ends of the windows in which a long text is looked at', t => {
  assert(
    property(long, low => t.deepEqual(foundIn(low), expected(low))),
    {numRuns: 20},
  );
});

test('who scans a text may scan another in between', t => {
  const found: string[] = [];
  eachWord('key token', (at, word) => {
    found.push(word, ...foundIn('@ // key').map(([, inner]) => inner));
    return at;
  });
  t.deepEqual(found, ['key', '@', '//', 'key', 'token', '@', '//', 'key']);
});

test('what was taken behind a word is passed over', t => {
  const found: number[] = [];
  wordScanner(WORDS)('token=key key', at => {
    found.push(at);
    return at + 9;
  });
  t.deepEqual(found, [0, 10]);
});
