import ava from 'ava';
import {COMMANDS} from '../../plugin/called.ts';
import {HELPED} from '../../plugin/help-facts.ts';
import {helpText} from '../../plugin/help-text.ts';
import {win} from '../helpers/cli.ts';

const test = ava.serial;

test('help tells of every command but the hidden, and of each flag and argument', t => {
  for (const [id, {hidden, flags, baseFlags, args}] of Object.entries(COMMANDS)) {
    const helped = HELPED[id.replaceAll(':', ' ')];
    if (hidden) t.is(helped, undefined, id);
    else {
      t.deepEqual(Object.keys(helped?.flags ?? {}), Object.keys({...baseFlags, ...flags}), id);
      t.deepEqual(Object.keys(helped?.args ?? {}), Object.keys(args), id);
    }
  }
});

test('help asked for in the middle of a line, which the framework answers, is the same', async t => {
  for (const words of [['explain'], ['agent', 'install'], ['hns']]) {
    const {code, stdout, stderr} = await win([...words, '--help', '--no-pager']);
    t.is(code, 0, stderr);
    t.is(stdout, `${helpText(words) ?? ''}\n`);
  }
});

test('`help` and the words of a command ask for its help, as with kubectl', async t => {
  for (const words of [[], ['explain'], ['agent', 'install']])
    t.is((await win(['help', ...words])).stdout, `${helpText(words) ?? ''}\n`);
});

test('what is neither a command nor a topic has no help, which the framework says', async t => {
  t.is(helpText(['nothing']), undefined);
  const {code, stderr} = await win(['dcotor', '--help']);
  t.is(code, 2);
  t.regex(stderr, /Did you mean `kubectl win doctor`/);
});
