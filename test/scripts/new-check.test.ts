import {execFile} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import test from 'ava';

const repository = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** A copy of what a check is written into and tested with; it goes with the test. */
function copyOfRepository(t: ExecutionContext): string {
  const copy = mkdtempSync(join(tmpdir(), 'kubectl-win-new-check-'));
  t.teardown(() => rmSync(copy, {recursive: true}));
  for (const part of [
    'src',
    'plugin',
    'test/helpers',
    'package.json',
    'tsconfig.base.json',
    '.oxfmtrc.json',
  ]) {
    cpSync(join(repository, part), join(copy, part), {recursive: true});
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

async function newCheck(copy: string, ...args: string[]): Promise<Outcome> {
  const script = join(repository, 'scripts/new-check.ts');
  const env = {...process.env, KUBECTL_WIN_ROOT: copy};
  try {
    return {code: 0, ...(await run(process.execPath, [script, ...args], {env}))};
  } catch (error) {
    // `execFile` rejects with what the program left behind.
    return error as Outcome;
  }
}

/** Runs a tool of the project in the copy; it throws, with what the tool printed, if the tool is not content. */
async function tool(copy: string, name: string, ...args: string[]): Promise<string> {
  const {stdout} = await run(process.execPath, [join(copy, 'node_modules/.bin', name), ...args], {
    cwd: copy,
    env: {...process.env, NODE_ENV: undefined},
  });
  return stdout;
}

test('a new check is formatted, compiles, is registered last and passes its own test', async t => {
  const copy = copyOfRepository(t);
  const {code, stdout, stderr} = await newCheck(copy, 'SCH998', 'left-behind');
  t.is(code, 0, stderr);
  const check = 'src/checks/sch/left-behind.ts';
  const ofCheck = 'test/checks/sch/left-behind.test.ts';
  t.true(
    stdout.startsWith(`written: ${check}\nwritten: ${ofCheck}\nwritten: src/checks/sch/index.ts\nnext: `),
  );
  t.regex(readFileSync(join(copy, 'src/checks/sch/index.ts'), 'utf8'), / {2}leftBehind,\n\];\n$/);

  await tool(copy, 'oxfmt', '--check', 'src/checks/sch', ofCheck);
  const only = {
    extends: './tsconfig.base.json',
    compilerOptions: {composite: false, emitDeclarationOnly: false, noEmit: true, types: ['node']},
    files: [ofCheck, 'src/checks/sch/index.ts'],
  };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(only));
  await tool(copy, 'tsc', '-p', '.');
  const tap = await tool(copy, 'ava', '--tap', ofCheck);
  t.regex(tap, /^# pass 3$/m);
  t.regex(tap, /^# fail 0$/m);
});

for (const [title, args, says] of [
  ['an id of no area', ['XYZ001', 'left-behind'], /"XYZ001" is no id: an area \(SCH, /],
  ['an id that is too short', ['SCH1', 'left-behind'], /"SCH1" is no id/],
  ['a name in capitals', ['SCH998', 'LeftBehind'], /"LeftBehind" is no name/],
  ['an id that was given away', ['SCH003', 'left-behind'], /SCH003 exists; ids are never used again/],
  ['a file that exists', ['SCH998', 'no-node-for-selector'], /no-node-for-selector\.ts exists/],
] as const) {
  test(`${title} is refused in one line, and nothing is written`, async t => {
    const copy = copyOfRepository(t);
    const before = readFileSync(join(copy, 'src/checks/sch/index.ts'), 'utf8');
    const {code, stdout, stderr} = await newCheck(copy, ...args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, /^new-check: [^\n]+\n$/);
    t.regex(stderr, says);
    t.is(readFileSync(join(copy, 'src/checks/sch/index.ts'), 'utf8'), before);
    t.false(existsSync(join(copy, 'test/checks')));
  });
}
