import test from 'ava';
import {parse} from 'yaml';
import type {Counts} from '../../../../src/redact/edit.ts';
import {pathMatcher} from '../../../../src/redact/rules/glob.ts';
import {parseRedactors} from '../../../../src/redact/rules/parse.ts';
import {compileRules} from '../../../../src/redact/rules/rules.ts';
import {readRules, writeRules} from '../../../../src/redact/rules/wire.ts';

const redactor = (redactors: string, apiVersion = 'troubleshoot.sh/v1beta2'): string =>
  `apiVersion: ${apiVersion}\nkind: Redactor\nmetadata: {name: x}\nspec:\n  redactors:\n${redactors}`;

function apply(rules: string, path: string, text: string): [text: string, counts: Counts] {
  const counts: Counts = new Map();
  return [compileRules(parseRedactors(redactor(rules))).apply(path, text, counts), counts];
}

test('a literal is masked wherever it stands', t => {
  const [text, counts] = apply("  - {name: v, removals: {values: ['a.b']}}\n", 'x.log', 'a.b axb a.b\n');
  t.is(text, '*** axb ***\n');
  t.deepEqual([...counts], [['v', 2]]);
});

test('groups are masked, dropped or kept, and what is outside of them goes', t => {
  const rule =
    "  - name: r\n    removals:\n      regex:\n      - redactor: '(?i)(token=)(?P<mask>\\S+) (?P<drop>\\d+)( end)'\n";
  t.is(apply(rule, 'x.log', 'at TOKEN=abc 12 end.\nnone\n')[0], 'at TOKEN=*** end.\nnone\n');
});

test('two groups may have one name, as in rules of troubleshoot', t => {
  const rule = "  - name: r\n    removals:\n      regex:\n      - redactor: '(?P<mask>a+)(-)(?P<mask>b+)'\n";
  t.is(apply(rule, 'x.log', 'aa-bb')[0], '***-***');
});

test('a selector applies its expression to the next line only', t => {
  const rule =
    '  - name: r\n    removals:\n      regex:\n      - {selector: \'PASSWORD\', redactor: \'("value": ")(?P<mask>.*)(")\'}\n';
  const text = '"name": "PASSWORD",\n"value": "a"\n"value": "b"\n';
  t.is(apply(rule, 'x.log', text)[0], '"name": "PASSWORD",\n"value": "***"\n"value": "b"\n');
});

test('a path masks what lies at it in JSON, which stays as it is written', t => {
  const rule = "  - {name: p, removals: {yamlPath: ['spec.*.password', 'items.0']}}\n";
  const json =
    '{ "spec": {"a": {"password": "x", "n": 12345678901234567890}}, "items": [{"a": [1, null, "b"]}, 2] }\n';
  t.is(
    apply(rule, 'x.json', json)[0],
    '{ "spec": {"a": {"password": "***", "n": 12345678901234567890}}, "items": [{"a": ["***", null, "***"]}, 2] }\n',
  );
  t.deepEqual(parse(apply(rule, 'x.yaml', 'spec:\n  a: {password: x}\nitems: [y, z]\n')[0]), {
    spec: {a: {password: '***'}},
    items: ['***', 'z'],
  });
});

test('a rule that would break JSON leaves it whole', t => {
  const rule = "  - name: r\n    removals:\n      regex:\n      - redactor: '\"x.*'\n";
  t.is(apply(rule, 'x.json', '{"x": 1}')[0], '{"x": 1}');
  t.is(apply(rule, 'x.log', '{"x": 1}')[0], '{***');
});

test('only files that a rule selects are touched', t => {
  const rule =
    "  - {name: f, fileSelector: {file: 'a/*.log', files: ['**/b.txt']}, removals: {values: [x]}}\n";
  for (const [path, hit] of [
    ['a/1.log', true],
    ['a/b/1.log', false],
    ['c/d/b.txt', true],
    ['b.txtx', false],
  ] as const)
    t.is(apply(rule, path, 'x')[0], hit ? '***' : 'x', path);
  t.true(pathMatcher('a/{b,c}/[!x]?.log')('a/c/y1.log'));
  t.false(pathMatcher('a/{b,c}/[!x]?.log')('a/c/x1.log'));
});

for (const [why, rules, detail] of [
  ['lookahead', "  - {name: r, removals: {regex: [{redactor: '(?=a)b'}]}}\n", /rule r: .* looks ahead/],
  [
    'a reference back',
    String.raw`  - {name: r, removals: {regex: [{redactor: '(a)\1'}]}}` + '\n',
    /looks ahead, behind or back/,
  ],
  ['an open bracket', "  - {name: r, removals: {regex: [{redactor: '(a'}]}}\n", /no expression of RE2/],
  ['an unknown removal', '  - {name: r, removals: {regexp: []}}\n', /removals\.regexp is not known/],
  ['no rule', '  - {name: r}\n', /holds no rule/],
  ['a number for a text', '  - {name: r, removals: {values: [1]}}\n', /values\[0\] is no text/],
] as const) {
  test(`${why} is refused in one line`, t => {
    const error = t.throws(() => compileRules(parseRedactors(redactor(rules))));
    t.regex(error.message, detail);
    t.false(error.message.includes('\n'));
  });
}

test('rules of other kinds, versions and places are refused', t => {
  t.regex(t.throws(() => parseRedactors('kind: Pod')).message, /kind is "Pod"/);
  t.regex(t.throws(() => parseRedactors(redactor('', 'v9'))).message, /apiVersion v9/);
  const remote = 'apiVersion: troubleshoot.sh/v1beta2\nkind: Redactor\nspec: {uri: "https://x"}\n';
  t.regex(t.throws(() => parseRedactors(remote)).message, /lie elsewhere/);
  t.regex(t.throws(() => parseRedactors('a: [')).message, /no YAML/);
});

test('rules come to agents as they were written', t => {
  const removals = parseRedactors(
    redactor(
      "  - {name: a, fileSelector: {file: 'x'}, removals: {values: [v], regex: [{selector: s, redactor: r}], yamlPath: [a.b]}}\n",
    ),
  );
  t.is(removals.length, 3);
  t.deepEqual(readRules(writeRules(removals)), removals);
});
