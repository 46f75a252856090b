import test from 'ava';
import {matchesNodeSelector, matchesRequiredAffinity, matchesTerm} from '../../../src/kube/node-match.ts';

const node = {name: 'win-1', labels: {os: 'windows', build: '20348', empty: '', word: 'ten'}};
const term = (key: string, operator: string, values?: string[]) => ({
  matchExpressions: [{key, operator, ...(values && {values})}],
});

test('each operator, as the scheduler has it', t => {
  const cases: [string, string, string[] | undefined, boolean][] = [
    ['os', 'In', ['linux', 'windows'], true],
    ['os', 'In', ['Windows'], false],
    ['os', 'In', [], false],
    ['none', 'In', ['x'], false],
    ['os', 'NotIn', ['linux'], true],
    ['os', 'NotIn', ['windows'], false],
    ['none', 'NotIn', ['x'], true],
    ['os', 'Exists', undefined, true],
    ['empty', 'Exists', undefined, true],
    ['none', 'Exists', undefined, false],
    ['none', 'DoesNotExist', undefined, true],
    ['os', 'DoesNotExist', undefined, false],
    ['build', 'Gt', ['20347'], true],
    ['build', 'Gt', ['20348'], false],
    ['build', 'Lt', ['20349'], true],
    ['build', 'Lt', ['20348'], false],
    ['build', 'Gt', ['1', '2'], false],
    ['build', 'Gt', [], false],
    ['word', 'Gt', ['1'], false],
    ['none', 'Lt', ['1'], false],
    ['build', 'Gt', ['1e3'], false],
    ['os', 'Like', ['w'], false],
    ['__proto__', 'Exists', undefined, false],
    ['toString', 'Exists', undefined, false],
  ];
  for (const [key, operator, values, expected] of cases) {
    t.is(matchesTerm(term(key, operator, values), node), expected, `${key} ${operator} ${String(values)}`);
  }
});

const field = (key: string, operator: string, values: string[]) => ({
  matchFields: [{key, operator, values}],
});

test('fields: only metadata.name, with one value', t => {
  t.true(matchesTerm(field('metadata.name', 'In', ['win-1']), node));
  t.false(matchesTerm(field('metadata.name', 'In', ['win-2']), node));
  t.false(matchesTerm(field('metadata.name', 'In', ['win-1', 'win-2']), node));
  t.true(matchesTerm(field('metadata.name', 'NotIn', ['win-2']), node));
  t.false(matchesTerm(field('metadata.namespace', 'NotIn', ['x']), node));
  t.false(matchesTerm(field('metadata.name', 'Exists', []), node));
});

const spec = (nodeSelectorTerms: object[]) => ({
  containers: [],
  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}},
});

test('terms are alternatives, requirements are joined, and empty ones match nothing', t => {
  t.true(matchesRequiredAffinity({containers: []}, node));
  t.false(matchesRequiredAffinity(spec([]), node));
  t.false(matchesRequiredAffinity(spec([{}]), node));
  t.true(matchesRequiredAffinity(spec([term('os', 'In', ['linux']), term('os', 'Exists')]), node));
  const both = [...term('os', 'Exists').matchExpressions, ...term('none', 'Exists').matchExpressions];
  t.false(matchesRequiredAffinity(spec([{matchExpressions: both}]), node));
});

test('a node selector wants every label', t => {
  t.true(matchesNodeSelector(undefined, node));
  t.true(matchesNodeSelector({os: 'windows', empty: ''}, node));
  t.false(matchesNodeSelector({os: 'windows', build: '17763'}, node));
  t.false(matchesNodeSelector({none: ''}, {name: 'bare'}));
});
