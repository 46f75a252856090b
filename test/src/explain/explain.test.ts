import test from 'ava';
import * as fc from 'fast-check';
import {CHECKS} from '../../../src/checks/index.ts';
import {explainCheck} from '../../../src/explain/check.ts';
import {codeOf, renderCode} from '../../../src/explain/code.ts';
import {checkDoc, checkItem, codeItem} from '../../../src/explain/doc.ts';
import {listChecks} from '../../../src/explain/list.ts';
import {editDistance, nearest} from '../../../src/explain/nearest.ts';
import {columnsOf} from '../../../src/report/columns.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {nodeCheck} from '../../helpers/judged.ts';
import {schemaErrors} from '../../helpers/schemas.ts';

const AT_80 = {palette: PLAIN, width: 80};

const explained = (asked: string): string => {
  const code = codeOf(asked);
  return code ? renderCode(code, AT_80) : 'no code';
};

test('a check is explained from what it looks at to where to read on', t => {
  t.snapshot(explainCheck(nodeCheck('NOD001'), ['support', 'gmsa'], AT_80));
});

test('every check has an explanation that fits the terminal, links aside', t => {
  for (const check of CHECKS) {
    const lines = explainCheck(check, ['support'], AT_80).split('\n');
    const wide = lines.filter(line => columnsOf(line) > 80 && !line.includes('https://'));
    t.deepEqual(wide, [], check.id);
    t.true(lines.includes('Fix'), check.id);
  }
});

test('every check has an item that fits the schema', t => {
  const items = [...CHECKS, nodeCheck('NOD001')].map(check => checkItem(check, ['support']));
  t.deepEqual(schemaErrors('check-doc', checkDoc('0.1.0', items)), []);
});

test('the list is a table with a line for each check', t => {
  const table = listChecks([nodeCheck('NOD001'), nodeCheck('NOD002', {}, () => '')], {
    palette: PLAIN,
    width: 60,
  });
  t.is(
    table,
    [
      'ID      SEVERITY  EVIDENCE  TITLE',
      'NOD001  warning   A         Fails on every Windows node',
      'NOD002  warning   A         Fails on every Windows node',
      '',
    ].join('\n'),
  );
  const narrow = listChecks(CHECKS, {palette: PLAIN, width: 60}).split('\n');
  t.is(narrow.length, CHECKS.length + 2);
});

test('a code means the same however it is written', t => {
  const meaning = codeOf('0xc0000135')?.meaning;
  t.is(meaning?.name, 'STATUS_DLL_NOT_FOUND');
  t.deepEqual(codeOf('-1073741515')?.meaning, meaning);
  t.deepEqual(codeOf('3221225781')?.meaning, meaning);
  t.regex(explained('-1073741515'), /-1073741515 is 0xc0000135, unsigned 3221225781, signed -1073741515/);
});

test('an HCN code is explained', t => {
  t.regex(explained('0x803b0013'), /0x803b0013, HCN/);
});

test('a code that no table has is told in its other forms', t => {
  t.regex(explained('0xdeadbeef'), /0xdeadbeef, unsigned 3735928559, signed -559038737\nNo table/);
  const [item] = checkDoc(
    '0.1.0',
    ['0xdeadbeef', '0x803b0013'].flatMap(c => codeOf(c) ?? []).map(codeItem),
  ).items;
  t.is(item?.name, null);
});

test('codes as JSON fit the schema', t => {
  const items = ['0xdeadbeef', '0x803b0013', '-1073741515', '5'].flatMap(c => codeOf(c) ?? []).map(codeItem);
  t.is(items.length, 4);
  t.deepEqual(schemaErrors('check-doc', checkDoc('0.1.0', items)), []);
});

test('what is no code is no code', t => {
  for (const word of ['', 'SCH001', '0x', '0x123456789', '99999999999', '1.5'])
    t.is(codeOf(word), undefined, word);
});

test('a mistyped id leads to the one that was meant', t => {
  const ids = ['SCH001', 'SCH010', 'NOD001', 'KBL005'];
  t.is(nearest('sch001', ids), 'SCH001');
  t.is(nearest('SHC010', ids), 'SCH010');
  t.is(nearest('KBL05', ids), 'KBL005');
  t.is(nearest('SCHOO1', ids), 'SCH001');
  t.is(nearest('XYZ999', ids), undefined);
  t.is(nearest('x'.repeat(100_000), ids), undefined);
});

test('the distance of words is a distance', t => {
  const word = fc.string({unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7});
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      t.is(distance, editDistance(b, a));
      t.is(distance === 0, a === b);
      t.true(distance <= Math.max(a.length, b.length));
      t.true(distance >= Math.abs(a.length - b.length));
    }),
  );
});
