import test from 'ava';
import * as fc from 'fast-check';
import {stringify} from 'yaml';
import {readDocuments} from '../../../src/capture/documents.ts';

interface Read {
  objects: unknown[];
  lists: unknown[];
  broken: string[];
}

function read(text: string, cut = false): Read {
  const result: Read = {objects: [], lists: [], broken: []};
  readDocuments(
    new TextEncoder().encode(text),
    {
      object: value => result.objects.push(value),
      list: head => result.lists.push(head),
      broken: detail => result.broken.push(detail),
    },
    cut,
  );
  return result;
}

const pod = (name: string, more: object = {}) => ({apiVersion: 'v1', kind: 'Pod', metadata: {name}, ...more});
const two = [pod('a'), pod('b')];

const SAME: Record<string, string> = {
  'a List of kubectl, kind last': JSON.stringify({apiVersion: 'v1', items: two, kind: 'List'}, null, 4),
  'a typed list': JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: {}, items: two}),
  'an array': JSON.stringify(two),
  'one object after the other': two.map(o => JSON.stringify(o, null, 2)).join('\n'),
  'JSON lines with CRLF': two.map(o => JSON.stringify(o)).join('\r\n'),
  'a List in a List': JSON.stringify({kind: 'List', items: [{kind: 'PodList', items: two}]}),
  'YAML documents': two.map(o => stringify(o)).join('---\n'),
  'YAML documents with CRLF': two
    .map(o => `--- # pod\n${stringify(o)}`)
    .join('')
    .replaceAll('\n', '\r\n'),
  'a YAML list as Go indents it': stringify({apiVersion: 'v1', items: two, kind: 'List'}, {indentSeq: false}),
  'a YAML list as others indent it': stringify({kind: 'List', items: two}),
  'a YAML list in flow style': `# objects\nkind: List\nitems: ${JSON.stringify(two)}\n`,
};

for (const [title, text] of Object.entries(SAME)) {
  test(`${title} gives its objects`, t => {
    const {objects, broken} = read(text);
    t.deepEqual(objects, two);
    t.deepEqual(broken, []);
  });
}

test('a dump to standard output has logs between its objects', t => {
  const logs =
    '==== START logs for container c of pod a/b ====\n{"kind":"Pod","metadata":{"name":"log"}}\n{ broken\n==== END logs for container c of pod a/b ====\n';
  const {objects, broken} = read(
    `${JSON.stringify(two[0], null, 2)}\n${logs}${logs}${JSON.stringify(two[1])}\n`,
  );
  t.deepEqual(objects, two);
  t.deepEqual(broken, []);
});

test('an empty list is a list', t => {
  t.deepEqual(read('{"kind":"PodList","apiVersion":"v1","items":[]}').lists, [
    {kind: 'PodList', apiVersion: 'v1'},
  ]);
  t.is(read('[]').lists.length, 1);
  t.is(read('null\n').lists.length, 1);
});

test('text of other kinds gives nothing', t => {
  for (const text of ['', 'hello', 'Error: no such host\n', '# kind of a list\n- a\n']) {
    t.deepEqual(read(text), {objects: [], lists: [], broken: []}, text);
  }
});

test('one broken YAML document costs itself only', t => {
  const {objects, broken} = read(`${stringify(two[0])}---\nkind: Pod\n  a: b: c\n---\n${stringify(two[1])}`);
  t.deepEqual(objects, two);
  t.deepEqual(broken, ['1 YAML document does not parse']);
});

test('text between JSON values is passed over and named', t => {
  const {objects, broken} = read(`${JSON.stringify(two[0])}\nError from server\n${JSON.stringify(two[1])}`);
  t.deepEqual(objects, two);
  t.deepEqual(broken, ['line 2 is no JSON, or it breaks off there']);
});

test('of YAML that was cut, half an object does not count', t => {
  const whole = stringify({apiVersion: 'v1', items: two, kind: 'List'}, {indentSeq: false});
  const cut = whole.slice(0, whole.lastIndexOf('metadata'));
  t.deepEqual(read(cut, true).objects, [two[0]]);
  t.deepEqual(read(stringify(two[0]), true).objects, []);
});

test('a YAML bomb is refused', t => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  const {objects, broken} = read(`kind: Pod\n${lines.join('\n')}\n`);
  t.deepEqual(objects, []);
  t.is(broken.length, 1);
});

const json = fc.jsonValue({maxDepth: 4});
const items = fc.array(fc.dictionary(fc.string(), json, {maxKeys: 4}), {maxLength: 5});

test('any list of JSON objects is read as JSON.parse reads it, indented or not', t => {
  fc.assert(
    fc.property(items, fc.constantFrom(0, 2, 4), fc.boolean(), (list, indent, kindLast) => {
      const value = kindLast ? {items: list, kind: 'List'} : {kind: 'List', items: list};
      const {objects, broken} = read(JSON.stringify(value, null, indent));
      // Items that are lists themselves are taken apart.
      const plain = list.filter(o => !('items' in o));
      if (plain.length === list.length) t.deepEqual(objects, JSON.parse(JSON.stringify(list)));
      t.deepEqual(broken, []);
    }),
  );
});

test('a list that is cut anywhere gives its first items, whole', t => {
  fc.assert(
    fc.property(items, fc.nat(), (list, at) => {
      const plain = list.filter(o => !('items' in o));
      const text = JSON.stringify({kind: 'List', items: plain});
      const {objects} = read(text.slice(0, at % text.length));
      t.deepEqual(objects, JSON.parse(JSON.stringify(plain)).slice(0, objects.length));
    }),
  );
});

test('any text is read without a crash', t => {
  fc.assert(
    fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^[[{}\]",:\\a\n -]*$/)), text => {
      t.true(Array.isArray(read(text).objects));
      t.true(Array.isArray(read(`kind: ${text}`, true).objects));
    }),
    {numRuns: 400},
  );
});
