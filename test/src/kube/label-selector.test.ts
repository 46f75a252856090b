import test from 'ava';
import {matchesLabels, parseLabelSelector} from '../../../src/kube/label-selector.ts';

const labels = {app: 'web', tier: 'front', 'a.b/c': ''};

function matches(selector: string): boolean {
  const requirements = parseLabelSelector(selector);
  if (typeof requirements === 'string') throw new Error(requirements);
  return matchesLabels(requirements, labels);
}

for (const selector of [
  'app=web',
  'app == web',
  'app!=db',
  'none!=x',
  'app in (db, web),tier',
  '!none',
  'tier notin (back)',
  'a.b/c=',
  '',
]) {
  test(`"${selector}" selects`, t => {
    t.true(matches(selector));
  });
}

for (const selector of [
  'app=db',
  'app!=web',
  'app in (db)',
  '!app',
  'none',
  'tier notin (front,back)',
  'app=web,tier=back',
]) {
  test(`"${selector}" does not select`, t => {
    t.false(matches(selector));
  });
}

test('what is no selector is named', t => {
  for (const [selector, named] of [
    ['app=web,=x', '"=x"'],
    ['app in web', '"app in web"'],
  ] as const) {
    const answer = parseLabelSelector(selector);
    t.true(typeof answer === 'string' && answer.startsWith(`${named} is no label selector`), selector);
  }
});

test('a key of the prototype is no label', t => {
  t.false(matchesLabels([{key: 'constructor', operator: 'Exists'}], labels));
});
