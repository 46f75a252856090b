import {Parser} from '@oclif/core';
import test from 'ava';
import * as fc from 'fast-check';
import Logs from '../../plugin/commands/logs.ts';
import {quickFlags} from '../../plugin/quick-logs.ts';

const FLAGS = {...Logs.baseFlags, ...Logs.flags};
const NAMES = Object.keys(FLAGS);
/** Words that mean something to `logs`, and words that mean nothing. */
const WORD = fc.oneof(
  fc.constantFrom(...NAMES.map(name => `--${name}`)),
  fc.constantFrom(
    '--file-input',
    'web.log',
    '-',
    '-o',
    'json',
    'ndjson',
    '--tail',
    '5',
    '-1',
    '1,2',
    'a b',
    '',
    'auto',
    '--',
  ),
  fc.constantFrom(
    '--output=raw',
    '-ojson',
    '-o=json',
    '--no-prefix',
    '-f',
    '--level=',
    '--threads=2',
    'a,"b"',
    'web-0',
    '--help',
  ),
);

/** What the framework makes of words, without what is undefined; undefined where it refuses them. */
async function framework(words: string[]): Promise<Record<string, unknown> | undefined> {
  try {
    const {flags, argv} = await Parser.parse(words, {flags: FLAGS, args: Logs.args, strict: true});
    return argv.length > 0 ? undefined : flags;
  } catch {
    return undefined;
  }
}

test('what the quick way reads of a command line is what the framework reads', async t => {
  await fc.assert(
    fc.asyncProperty(fc.array(WORD, {maxLength: 6}), async words => {
      const quick = quickFlags(words, {});
      if (!quick) return;
      const slow = await framework(words);
      for (const [name, value] of Object.entries(quick))
        t.deepEqual(
          slow?.[name] ?? (value === false ? false : undefined),
          value,
          `${words.join(' ')}: ${name}`,
        );
      // What else the framework knows keeps its default.
      const rest = await framework([]);
      for (const name of NAMES)
        if (!(name in quick)) t.deepEqual(slow?.[name], rest?.[name], `${words.join(' ')}: ${name}`);
    }),
    {numRuns: 2000},
  );
});

function quick(...words: string[]): boolean {
  return quickFlags(words, {}) !== undefined;
}

test('the plain ways to read a file are quick, all others are the framework\u2019s', t => {
  t.true(quick('--file-input', 'web.log', '-o', 'ndjson'));
  t.true(quick('--file-input=-', '--level', 'Error', '--event-id', '1,2', '--stats', '--threads', '2'));
  t.false(quick('--file-input', 'web.log', '--help'));
  t.false(quick('web-0', '--file-input', 'web.log'));
  t.false(quick('--file-input', 'web.log', '--no-such-flag'));
  t.false(quick('--file-input', 'a', '--file-input', 'b'));
  t.is(quickFlags(['--file-input', 'web.log'], {KUBECTL_WIN_OUTPUT: 'json'}), undefined);
});
