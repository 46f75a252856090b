import ava from 'ava';
import {COMMANDS} from '../../plugin/called.ts';
import {HELPED} from '../../plugin/help-facts.ts';
import {helpText} from '../../plugin/help-text.ts';
import {SCREEN} from '../../plugin/short-help.ts';
import {TOPICS} from '../../plugin/topics.ts';
import {columnsOf} from '../../src/report/columns.ts';
import {win} from '../helpers/cli.ts';

const test = ava.serial;
/** Long ones, one of a topic, and one that is a topic. */
const NAMES = ['doctor', 'logs', 'bundle', 'agent install', 'hns graph', 'net check', 'explain'];

for (const name of NAMES)
  test(`kubectl win ${name} --help fits a screen and shows examples`, async t => {
    const {code, stdout, stderr} = await win([...name.split(' '), '--help']);
    t.is(code, 0, stderr);
    const lines = stdout.trimEnd().split('\n');
    t.true(lines.length <= SCREEN.lines, `${lines.length} lines`);
    // A command to be copied is not broken.
    for (const line of lines.filter(l => !/^ {2}.*kubectl win/.test(l)))
      t.true(columnsOf(line) <= SCREEN.columns, line);
    t.regex(stdout, /\nExamples:\n[^]*kubectl win /);
    t.regex(stdout, /--all$/m);
    t.notRegex(stdout, /<%=| +$|# *$/m);
  });

test('on a terminal of 24 lines the help of everything fits, with an example', t => {
  const names = [...Object.keys(HELPED), '', ...Object.keys(TOPICS)];
  for (const name of names) {
    const text = helpText(name.split(' ').filter(Boolean), {columns: 80, rows: 24}) ?? '';
    const rows = text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / 80)), 0);
    t.true(rows < 24, `${name}: ${rows}`);
    if (!(name in TOPICS)) t.regex(text, /^Examples:$/m, name);
  }
});

test('the help of the program and of a topic fits a screen and lists each command once', async t => {
  for (const [words, first] of [
    [[], 'agent'],
    [['net'], 'net check'],
  ] as const) {
    const {code, stdout, stderr} = await win([...words, '--help']);
    t.is(code, 0, stderr);
    const lines = stdout.trimEnd().split('\n');
    t.true(lines.length <= SCREEN.lines, `${lines.length} lines`);
    for (const line of lines) t.true(columnsOf(line) <= SCREEN.columns, line);
    const names = lines.flatMap(line => /^  ([a-z]+(?: [a-z]+)?)  +[A-Z]/.exec(line)?.[1] ?? []);
    t.is(names[0], first);
    t.is(new Set(names).size, names.length);
    t.notRegex(stdout, / +$|# *$/m);
  }
});

test('--help --all tells every flag with its variable and default', async t => {
  const {stdout} = await win(['doctor', '--help', '--all']);
  for (const flag of Object.entries(COMMANDS['doctor']?.flags ?? {})
    .filter(([, f]) => !f.hidden)
    .map(([name]) => name))
    t.true(stdout.includes(`--${flag}`), flag);
  t.regex(stdout, /\[default: error, env: KUBECTL_WIN_FAIL_ON\]/);
});

test('of every command there is an example', t => {
  const without = Object.entries(COMMANDS)
    .filter(([, c]) => (c.examples ?? []).length === 0)
    .map(([name]) => name);
  t.deepEqual(without, []);
});
