import test from 'ava';
import {AREAS} from '../../../src/checks/define.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {GUIDE_STATEMENTS} from '../../../src/guides/statements.ts';
import {testWithGuides} from '../../helpers/guides.ts';

test('every rule is an id of an area', t => {
  for (const {guide, lines, rules} of GUIDE_STATEMENTS) {
    for (const rule of rules) {
      t.true(
        AREAS.some(area => new RegExp(`^${area}\\d{3}$`).test(rule)),
        `${guide}:${lines} ${rule}`,
      );
    }
    t.is(new Set(rules).size, rules.length, `${guide}:${lines} names a rule twice`);
  }
});

test('a statement is covered by rules, or says why not', t => {
  for (const {guide, lines, rules, covered, note} of GUIDE_STATEMENTS) {
    const at = `${guide}:${lines}`;
    if (covered === 'check') t.true(rules.length > 0, at);
    if (covered === 'not-for-a-tool') t.deepEqual([...rules], [], at);
    if (covered === 'differs') t.truthy(note, at);
  }
});

test('every check of build farms answers a statement of the guides', t => {
  const answered = new Set(GUIDE_STATEMENTS.flatMap(s => s.rules));
  t.deepEqual(
    CHECKS.filter(c => c.area === 'CIB' && !answered.has(c.id)).map(c => c.id),
    [],
  );
});

test('no two rows say the same of the same lines', t => {
  const keys = GUIDE_STATEMENTS.map(s => `${s.guide}:${s.lines} ${s.statement}`);
  t.is(new Set(keys).size, keys.length);
});

testWithGuides('the lines of every statement are in its guide, from first to last', (t, read) => {
  for (const {guide, lines, statement} of GUIDE_STATEMENTS) {
    const length = read(guide).length;
    for (const range of lines.split(', ')) {
      const [from = 0, to = from] = range.split('-').map(Number);
      t.true(from >= 1 && from <= to && to <= length, `${guide}:${lines} ${statement}`);
    }
  }
});

testWithGuides('no statement is a sentence of a guide', (t, read) => {
  for (const {guide, statement} of GUIDE_STATEMENTS) {
    t.false(read(guide).join(' ').toLowerCase().includes(statement.toLowerCase()), `${guide}: ${statement}`);
  }
});
