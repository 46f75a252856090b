import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {runStep, type Step} from '../../../scripts/steps/run.ts';
import {folderWith} from '../../helpers/cli.ts';

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
  t.deepEqual(result, {passed: 1, failed: 1, skipped: 1, failures: ['two']});
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
  const files = {...step(''), command: [process.execPath], files: '*.mjs', limit: 10 / 60};
  t.like(await runStep(files, {...place, root}), {passed: 1, failed: 0, failures: []});
});

test('of a suite that is run file by file, one file that hangs costs its own tests alone', async t => {
  const root = folderWith(t, {
    'a.mjs': `console.log('ok 1 - a')`,
    'b.mjs': `setInterval(() => {}, 1000)`,
    'c.mjs': `console.log('ok 1 - c')`,
  });
  const files = {...step(''), command: [process.execPath], files: '*.mjs', limit: 10 / 60};
  const result = await runStep(files, {...place, root});
  t.is(result.passed, 2);
  t.is(result.failed, 1);
  t.regex(result.failures.join(), /^b\.mjs was not done within/);
});
