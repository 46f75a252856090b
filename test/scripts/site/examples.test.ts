import {cpSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Parser} from '@oclif/core';
import ava from 'ava';
import {calledBy} from '../../../plugin/called.ts';
import {folderWith, win} from '../../helpers/cli.ts';
import {blocks, TEXTS} from '../../helpers/examples.ts';

// Each runs the program.
const test = ava.serial;
const root = join(import.meta.dirname, '../../..');
/** Words of a command line as a shell takes them apart: quotes, no more. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|[^\s'"]+/g)].map(m => m[1] ?? m[2] ?? m[0]);
}

/** Calls of the program in a line: what stands after `kubectl win`, up to what ends a command. */
function calls(line: string): string[][] {
  return [...line.replace(/\s#.*$/, '').matchAll(/kubectl win ([^|&;`]+)/g)].map(m => words(m[1] ?? ''));
}

for (const [name, markdown] of TEXTS) {
  const lines = blocks(markdown)
    .filter(({lang}) => lang === 'sh' || lang === 'console' || lang === '')
    .flatMap(({text}) => text.split('\n'))
    .filter(line => /^(?:\$ )?(?:kubectl win|helm|oc|skopeo)\b/.test(line));
  if (lines.length === 0) continue;
  test(`${name}: every command in it exists, with every flag`, async t => {
    for (const argv of lines.flatMap(calls)) {
      const called = calledBy(argv);
      t.truthy(called, argv.join(' '));
      if (!called) continue;
      const [id, command] = called;
      const rest = argv.slice(id.split(':').length);
      const {baseFlags, flags, args} = command;
      await t.notThrowsAsync(
        Parser.parse(rest, {flags: {...baseFlags, ...flags}, args, strict: command.strict}),
        argv.join(' '),
      );
    }
  });
}

for (const [name, markdown] of TEXTS) {
  const all = blocks(markdown);
  const consoles = all.filter(({lang}) => lang === 'console');
  if (consoles.length === 0) continue;
  test(`${name}: what it shows is what the program prints`, async t => {
    const folder = folderWith(t, {});
    cpSync(join(root, 'plugin/sample'), join(folder, 'sample'), {recursive: true});
    for (const {lang, text} of all) {
      const file = lang === 'yaml' ? /^# (\S+\.yaml)\n/.exec(text)?.[1] : undefined;
      if (file !== undefined) writeFileSync(join(folder, file), text);
    }
    for (const {text} of consoles) {
      for (const part of text.split(/^\$ /m).filter(Boolean)) {
        const [line = '', ...shown] = part.trimEnd().split('\n');
        const [argv = []] = calls(line);
        const {stdout, stderr, code} = await win(argv, '', {}, folder);
        t.true(code === 0 || code === 1, `${line}\n${stderr}`);
        t.is(missing(shown, stdout.split('\n')), undefined, `${line}\n${stdout}`);
      }
    }
  });
}

/** The first line that is shown and not printed where it should be; `…` stands for any lines. */
function missing(shown: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0;
  let anywhere = false;
  for (const line of shown) {
    if (line === '…') {
      anywhere = true;
      continue;
    }
    const found = anywhere
      ? printed.findIndex((p, i) => i >= at && p.trimEnd() === line.trimEnd())
      : printed[at]?.trimEnd() === line.trimEnd()
        ? at
        : -1;
    if (found < 0) return line;
    at = found + 1;
    anywhere = false;
  }
  return undefined;
}
