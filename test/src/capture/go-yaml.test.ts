import test from 'ava';
import * as fc from 'fast-check';
import {parse, stringify} from 'yaml';
import {parseGoYaml} from '../../../src/capture/go-yaml.ts';
import {healthy} from '../../helpers/cluster.ts';

/** As Go prints: lists at the margin of their key, folded at 80 columns. */
const GO = {indentSeq: false, aliasDuplicateObjects: false, lineWidth: 80} as const;

function whole(text: string): unknown {
  return parse(text, {uniqueKeys: false, strict: false, logLevel: 'silent'});
}

test('objects are read as a whole parser reads them', t => {
  for (const object of healthy().objects) {
    const text = stringify(object, GO);
    t.deepEqual(parseGoYaml(text), {value: object}, text);
    t.deepEqual(parseGoYaml(text.replaceAll('\n', '\r\n')), {value: object}, text);
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
  const fast = parseGoYaml(text.replace('            .: {}\n', '            f:app: {}\n'));
  t.deepEqual(fast?.value, whole(text.replace('            .: {}\n', '            f:app: {}\n')));
  t.not(fast, undefined);
});

const UNUSUAL: Record<string, string> = {
  'block text': 'a: |\n  b\n',
  'folded block text': 'a: >-\n  b\n',
  anchors: 'a: &x 1\nb: *x\n',
  tags: 'a: !!str 1\n',
  'flow maps': 'a: {b: 1}\n',
  comments: 'a: 1 # one\n',
  'merge keys': '<<: 1\n',
  'hexadecimal numbers': 'a: 0x10\n',
  'a colon in plain text': 'a: b: c\n',
  tabs: 'a:\n\tb: 1\n',
  'a line that is too deep': 'a: 1\n   b: 2\n',
  'a line that is too shallow': '  a: 1\n b: 2\n',
  'text after quotes': 'a: "b" c\n',
  'quotes that do not close': 'a: "b\n',
  'keys that are no strings': 'true: 1\n',
  'escapes that JSON lacks': 'a: "\\x41"\n',
};

for (const [title, text] of Object.entries(UNUSUAL)) {
  test(`${title} are left to a whole parser`, t => {
    t.is(parseGoYaml(text), undefined);
  });
}

test('what is read is what a whole parser reads, for any value printed', t => {
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
  let fast = 0;
  fc.assert(
    fc.property(value, it => {
      const text = stringify(it, GO);
      const read = parseGoYaml(text);
      if (!read) return;
      fast++;
      t.deepEqual(read.value, whole(text), text);
    }),
    {numRuns: 1000},
  );
  t.true(fast > 100, `${fast} of 1000 were read`);
});

test('for any text made of YAML pieces it says the same as a whole parser, or nothing', t => {
  const pieces = [
    'a',
    'b: ',
    'c:',
    '\n',
    '\n  ',
    '\n- ',
    '\n  - ',
    ' ',
    '"',
    "'",
    '1',
    '{}',
    '[]',
    ':',
    '-',
    '#',
    'null',
    '\\',
    '~',
    'x y',
    '\u00a0',
    '\u2003',
    '\u2028',
    '\ufeff',
    '\u0085',
    '\t',
    '\r',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 14}), parts => {
      const text = parts.join('');
      const read = parseGoYaml(text);
      if (!read) return;
      let expected: unknown;
      try {
        expected = whole(text);
      } catch {
        t.fail(`read, though it is no YAML: ${JSON.stringify(text)}`);
      }
      t.deepEqual(read.value, expected, JSON.stringify(text));
    }),
    {numRuns: 5000},
  );
});
