import test from 'ava';
import {isBlanket, isLastingTaint, tolerates, tolerationYaml, untolerated} from '../../../src/kube/taints.ts';
import type {Toleration} from '../../../src/kube/types.ts';

const taint = {key: 'os', value: 'windows', effect: 'NoSchedule'};

test('tolerations, as the scheduler matches them', t => {
  const cases: [Toleration, boolean][] = [
    [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}, true],
    [{key: 'os', value: 'windows'}, true],
    [{key: 'os', operator: '', value: 'windows'}, true],
    [{key: 'os', value: 'Windows'}, false],
    [{key: 'os'}, false],
    [{key: 'os', operator: 'Exists'}, true],
    [{key: 'os', operator: 'Exists', effect: 'NoExecute'}, false],
    [{operator: 'Exists'}, true],
    [{operator: 'Exists', effect: 'NoSchedule'}, true],
    [{operator: 'Exists', effect: 'NoExecute'}, false],
    [{key: 'other', operator: 'Exists'}, false],
    [{key: 'os', operator: 'exists'}, false],
  ];
  for (const [toleration, expected] of cases) {
    t.is(tolerates(toleration, taint), expected, JSON.stringify(toleration));
  }
});

const level = (value: string) => ({key: 'sla', value, effect: 'NoSchedule'});

test('Lt and Gt compare whole numbers of 64 bits', t => {
  const cases: [string, string, string, boolean][] = [
    ['Gt', '900', '950', true],
    ['Gt', '950', '950', false],
    ['Lt', '950', '900', true],
    ['Lt', '950', '950', false],
    ['Lt', '9223372036854775807', '9223372036854775806', true],
    ['Gt', 'x', '1', false],
    ['Gt', '1', '', false],
    ['Gt', '-2', '-1', true],
  ];
  for (const [operator, bound, value, expected] of cases) {
    t.is(
      tolerates({key: 'sla', operator, value: bound}, level(value)),
      expected,
      `${value} ${operator} ${bound}`,
    );
  }
});

test('only taints that last keep a pod off', t => {
  t.true(isLastingTaint(taint));
  t.true(isLastingTaint({key: 'node.kubernetes.io/os', value: 'windows', effect: 'NoExecute'}));
  t.false(isLastingTaint({...taint, effect: 'PreferNoSchedule'}));
  t.false(isLastingTaint({key: 'node.kubernetes.io/not-ready', effect: 'NoExecute'}));
  t.deepEqual(untolerated([{key: 'a', effect: 'PreferNoSchedule'}, taint], []), taint);
  t.is(untolerated([taint], [{key: 'os', operator: 'Exists'}]), undefined);
  t.is(untolerated(undefined, []), undefined);
});

test('a blanket toleration has no key and covers NoSchedule', t => {
  t.true(isBlanket({operator: 'Exists'}));
  t.true(isBlanket({key: '', operator: 'Exists', effect: 'NoSchedule'}));
  t.false(isBlanket({operator: 'Exists', effect: 'NoExecute'}));
  t.false(isBlanket({key: 'os', operator: 'Exists'}));
  t.false(isBlanket({operator: 'Equal'}));
});

test('the toleration that is proposed covers its taint', t => {
  t.is(
    tolerationYaml(taint),
    'tolerations: [{key: "os", operator: Equal, value: "windows", effect: NoSchedule}]',
  );
  t.regex(tolerationYaml({key: 'dedicated', effect: 'NoExecute'}), /operator: Exists, effect: NoExecute/);
});
