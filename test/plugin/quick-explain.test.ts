import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Parser} from '@oclif/core';
import test from 'ava';
import * as fc from 'fast-check';
import Explain from '../../plugin/commands/explain.ts';
import {quickWords} from '../../plugin/quick-explain.ts';
import {folderWith} from '../helpers/cli.ts';

const FLAGS = {...Explain.baseFlags, ...Explain.flags};
const WORDS =
  'SCH003 0x803b0013 -1 json yaml pdf always -o -ojson -o=json -- --output=json --output= --color=never --no-list --help -h -v';
const WORD = fc.constantFrom('', ...WORDS.split(' '), ...Object.keys(FLAGS).map(name => `--${name}`));

/** What the framework makes of words; undefined where it refuses them. */
async function framework(words: string[]): Promise<unknown> {
  try {
    const {flags, args} = await Parser.parse(words, {flags: FLAGS, args: Explain.args, strict: true});
    const {list = false, output, color} = flags as Record<string, unknown>;
    return {id: args['id'], flags: {list, output, color}};
  } catch {
    return undefined;
  }
}

test('what the quick way reads of a command line is what the framework reads', async t => {
  await fc.assert(
    fc.asyncProperty(fc.array(WORD, {maxLength: 5}), async words => {
      const quick = quickWords(words, {});
      if (quick) t.deepEqual(quick as unknown, await framework(words), words.join(' '));
    }),
    {numRuns: 300},
  );
});

test('the plain ways to ask are quick', t => {
  for (const line of ['SCH003', '0x803b0013', 'event:1013', 'SCH003 -o json', '--list --output=yaml', ''])
    t.truthy(quickWords(line.split(' ').filter(Boolean), {}), line);
  for (const line of ['-1073741515', '-- -1', 'SCH003 --verbose 1', 'SCH003 SCH004', '-o pdf SCH003'])
    t.is(quickWords(line.split(' '), {}), undefined, line);
});

test('where a variable or a file of settings has a say, the framework reads the words', t => {
  t.is(quickWords(['SCH003'], {KUBECTL_WIN_OUTPUT: 'json'}), undefined);
  const XDG_CONFIG_HOME = folderWith(t, {});
  mkdirSync(join(XDG_CONFIG_HOME, 'kubectl-win'));
  writeFileSync(join(XDG_CONFIG_HOME, 'kubectl-win/config.yaml'), 'color: never\n');
  t.is(quickWords(['SCH003'], {XDG_CONFIG_HOME}), undefined);
});
