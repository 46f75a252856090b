import test from 'ava';
import * as fc from 'fast-check';
import {parse, stringify} from 'yaml';
import {readYaml} from '../../../src/capture/yaml.ts';
import {healthy} from '../../helpers/cluster.ts';

/** As Go prints: lists at the margin of their key, folded at 80 columns. */
const GO = {indentSeq: false, aliasDuplicateObjects: false, lineWidth: 80} as const;

function read(text: string): unknown[] {
  const values: unknown[] = [];
  const bad = readYaml(text, value => values.push(value), false);
  return bad > 0 ? [...values, `${bad} do not parse`] : values;
}

function whole(text: string): unknown {
  return parse(text, {uniqueKeys: false, strict: false, logLevel: 'silent'});
}

test('objects are read as they were printed', t => {
  for (const object of healthy().objects) {
    const text = stringify(object, GO);
    t.deepEqual(read(text), [object], text);
    t.deepEqual(read(text.replaceAll('\n', '\r\n')), [object], text);
  }
});

test('folded text, empty values and odd keys of Go are read', t => {
  const text = `apiVersion: v1
items:
- kind: Event
  message: 'Error: ImagePullBackOff: it''s a long message that goes on and on
    over two lines'
  note: "quoted \\"text\\" that is folded
    here"
  plain: some words that are
    folded, too
  metadata:
    managedFields:
    - fieldsV1:
        f:metadata:
          f:labels:
            .: {}
    labels: {}
    name: "1"
    empty: ""
    nothing: null
    none:
- - 1
  - -2.5
  - true
kind: List
`;
  t.deepEqual(read(text), [whole(text)]);
});

const WRITTEN: Record<string, [text: string, value: unknown]> = {
  'block text': ['a: |\n  b\n', {a: 'b\n'}],
  'folded block text': ['a: >-\n  b\n  c\n', {a: 'b c'}],
  anchors: ['a: &x 1\nb: *x\n', {a: 1, b: 1}],
  'tags of others': ['a: !mine 1\n', {a: '1'}],
  'flow maps': ['a: {b: 1}\n', {a: {b: 1}}],
  comments: ['a: 1 # one\n', {a: 1}],
  'a key that stands twice': ['a: 1\na: 2\n', {a: 2}],
  'hexadecimal numbers': ['a: 0x10\n', {a: 16}],
  times: ['a: 2026-09-01T12:00:00Z\n', {a: '2026-09-01T12:00:00Z'}],
  'words of YAML 1.1': ['a: yes\n', {a: 'yes'}],
  'control characters': ['a: b\u0001c\n', {a: 'b\u0001c'}],
  'a line separator': ['a: b\u2028c\n', {a: 'b\u2028c'}],
};

for (const [title, [text, value]] of Object.entries(WRITTEN)) {
  test(`${title} can be read`, t => {
    t.deepEqual(read(text), [value]);
  });
}

test('a key that names a prototype is a key', t => {
  const [value] = read('__proto__: {a: 1}\n');
  t.true(Object.hasOwn(Object(value), '__proto__'));
  t.is(Object.getPrototypeOf(value), Object.prototype);
});

test('what does not parse is counted', t => {
  for (const text of ['a: b: c\n', 'a:\n\tb: 1\n', '  a: 1\n b: 2\n', 'a: "b" c\n', 'a: "b\n']) {
    t.deepEqual(read(text), ['1 do not parse'], text);
  }
});

test('nesting without end is no crash', t => {
  t.deepEqual(read(`a: ${'['.repeat(100_000)}`), ['1 do not parse']);
});

test('any value is read as it was printed', t => {
  const value = fc.letrec(tie => ({
    node: fc.oneof(
      {maxDepth: 4},
      fc.string({unit: 'grapheme'}),
      fc.string({maxLength: 200}),
      fc.constantFrom(
        'yes',
        '~',
        '1e3',
        '0x1',
        '- a',
        'a: b',
        '#x',
        ' lead',
        'trail ',
        "it's",
        'a\nb',
        '007',
        '.5',
        '-',
        '?',
        '',
      ),
      fc.double({noNaN: true, noDefaultInfinity: true}),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), {maxLength: 4}),
      fc.dictionary(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,8}$/)), tie('node'), {maxKeys: 4}),
    ),
  })).node;
  fc.assert(
    fc.property(value, it => {
      const text = stringify({a: it}, GO);
      t.deepEqual(read(text), [whole(text)], text);
    }),
    {numRuns: 1000},
  );
});
