import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {runStep, type Step} from '../../../scripts/steps/run.ts';
import {folderWith} from '../../helpers/cli.ts';

// Each run listens for Ctrl-C, and here a dozen run at a time.
process.setMaxListeners(20);

const place = {root: import.meta.dirname, env: process.env, say: (): void => undefined};
const program = (code: string): readonly string[] => [process.execPath, '-e', code];
const step = (code: string, more: Partial<Step> = {}): Step => ({
  name: 'a step',
  command: program(code),
  counts: 'tap',
  limit: 5,
  ...more,
});

test('a suite is counted test by test, and what fails is named', async t => {
  const tap = ['TAP version 13', 'ok 1 - one', 'not ok 2 - two', 'ok 3 - three # SKIP', '1..3'].join('\n');
  const said: string[] = [];
  const code = `console.log(${JSON.stringify(tap)}); process.exitCode = 1`;
  const result = await runStep(step(code), {...place, say: line => said.push(line)});
  t.deepEqual(said, ['not ok 2 - two']);
  t.deepEqual(result, {passed: 1, failed: 1, skipped: 1, failures: ['two'], shaky: []});
});

test('a suite that ends badly without naming a test has failed', async t => {
  const {failures} = await runStep(step('process.exit(7)'), place);
  t.deepEqual(failures, ['a step ended with code 7']);
});

test('a command that is no program has failed', async t => {
  const {failures} = await runStep({...step(''), command: ['/no/such/program'], counts: 'exit'}, place);
  t.regex(failures.join(), /^a step could not be run: .*ENOENT/);
});

test('a command that does not end is killed with its children when its time is over', async t => {
  const mark = join(folderWith(t, {}), 'mark');
  const child = `setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''), 12_000)`;
  const hangs = `process.on('SIGTERM', () => {});
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {stdio: 'inherit'});
    console.log('ok 1 - before'); setInterval(() => {}, 1000);`;
  const {passed, failures} = await runStep(step(hangs, {limit: 8 / 60}), place);
  t.is(passed, 1);
  t.regex(failures.join(), /^a step was not done within .* minutes and was killed$/);
  await new Promise(resolve => setTimeout(resolve, 6000));
  t.false(existsSync(mark));
});

test('a process left behind that holds the output does not hold up the step', async t => {
  const pidFile = join(folderWith(t, {}), 'pid');
  const leaves = `const {spawn} = require('node:child_process');
    const left = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {stdio: 'inherit', detached: true});
    left.unref();
    require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(left.pid));
    console.log('ok 1 - done');`;
  t.like(await runStep(step(leaves), place), {passed: 1, failed: 0});
  // Throws where it is gone already, and with it what the test is about.
  t.notThrows(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL'));
});

test('a file that hangs once is run again, and what it says then counts', async t => {
  const root = folderWith(t, {
    'a.mjs': `import {existsSync, writeFileSync} from 'node:fs';
      if (existsSync('seen')) console.log('ok 1 - a');
      else { writeFileSync('seen', ''); setInterval(() => {}, 1000); }`,
  });
  const files = {...step(''), command: [process.execPath], files: '*.mjs', apart: true, limit: 10 / 60};
  t.like(await runStep(files, {...place, root}), {
    passed: 1,
    failed: 0,
    failures: [],
    shaky: ['a.mjs was not done within 0.16666666666666666 minutes and was killed'],
  });
});

const failsOnce = `import {existsSync, writeFileSync} from 'node:fs';
  console.log('ok 1 - sound');
  console.log(existsSync('seen') ? 'ok 2 - shaky' : 'not ok 2 - shaky');
  if (!existsSync('seen')) process.exitCode = 1;
  writeFileSync('seen', '');`;

test('a test that fails once and passes when its file is run again counts as passed, and is named', async t => {
  const root = folderWith(t, {'a.mjs': failsOnce});
  const said: string[] = [];
  const files: Step = {...step(''), command: [process.execPath], files: '*.mjs', apart: true};
  const result = await runStep(files, {...place, root, say: line => said.push(line)});
  t.deepEqual(result, {passed: 2, failed: 0, skipped: 0, failures: [], shaky: ['shaky']});
  t.true(said.includes('shaky\na.mjs is run once more'));
});

test('a test that fails twice has failed', async t => {
  const root = folderWith(t, {'a.mjs': `console.log('not ok 1 - broken'); process.exitCode = 1`});
  const files: Step = {...step(''), command: [process.execPath], files: '*.mjs', apart: true};
  const result = await runStep(files, {...place, root});
  t.deepEqual(result, {passed: 0, failed: 1, skipped: 0, failures: ['broken'], shaky: []});
});

/** Stands for AVA: tests `a` and `b › c`, of which some fail as long as no file is named. */
const suite = (
  fails: string,
  failsAgain = '',
): string => `const named = process.argv.slice(2).map(f => f.replace('.test.ts', '').slice(-1));
  const failing = (named.length > 0 ? ${JSON.stringify(failsAgain)} : ${JSON.stringify(fails)}).split('');
  for (const [file, prefix] of [['a', 'a › '], ['c', named.length === 1 ? '' : 'b › c › ']])
    if (named.length === 0 || named.includes(file)) console.log((failing.includes(file) ? 'not ok' : 'ok') + ' 1 - ' + prefix + 'holds');
  process.exitCode = failing.length > 0 ? 1 : 0;`;

const whole = (t: ExecutionContext, code: string): {files: Step; root: string} => {
  const root = folderWith(t, {'suite.mjs': code});
  mkdirSync(join(root, 'test', 'b'), {recursive: true});
  for (const file of ['a', 'b/c']) writeFileSync(join(root, 'test', `${file}.test.ts`), '');
  return {root, files: {...step(''), command: [process.execPath, 'suite.mjs'], files: 'test/**/*.test.ts'}};
};

test('of a suite that is run as a whole, only files in which something failed are run again', async t => {
  const {files, root} = whole(t, suite('c'));
  const result = await runStep(files, {...place, root});
  t.deepEqual(result, {passed: 2, failed: 0, skipped: 0, failures: [], shaky: ['b › c › holds']});
});

test('of a suite that is run as a whole, what fails again has failed', async t => {
  const {files, root} = whole(t, suite('ac', 'c'));
  const result = await runStep(files, {...place, root});
  t.like(result, {passed: 1, failed: 1, failures: ['b › c › holds'], shaky: ['a › holds']});
});

test('a suite that ends badly without naming a test is not run again', async t => {
  const {files, root} = whole(t, `console.log('ok 1 - a › holds'); process.exit(7)`);
  const {passed, failures} = await runStep(files, {...place, root});
  t.is(passed, 1);
  t.deepEqual(failures, ['a step ended with code 7']);
});

test('of a suite that is run file by file, one file that hangs costs its own tests alone', async t => {
  const root = folderWith(t, {
    'a.mjs': `console.log('ok 1 - a')`,
    'b.mjs': `setInterval(() => {}, 1000)`,
    'c.mjs': `console.log('ok 1 - c')`,
  });
  const files = {...step(''), command: [process.execPath], files: '*.mjs', apart: true, limit: 10 / 60};
  const result = await runStep(files, {...place, root});
  t.is(result.passed, 2);
  t.is(result.failed, 1);
  t.regex(result.failures.join(), /^b\.mjs was not done within/);
});
