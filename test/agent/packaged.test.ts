import {spawnSync} from 'node:child_process';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {buildProgram} from '../../scripts/programs/program.ts';
import type {AgentPlatform} from '../../scripts/programs/targets.ts';
import {agentExe, outputOf, runExe, winePrefix} from '../helpers/wine.ts';

/** Bytes that an executable may have: it is pulled by every node (issue 4). */
const MOST: Record<AgentPlatform, number> = {
  'windows/amd64': 100e6,
  'linux/amd64': 130e6,
  'linux/arm64': 130e6,
};
const {version} = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};
const built = (platform: AgentPlatform) => buildProgram({platform, say: line => console.error(line)});

test('the packaged agent says its version on Windows', async t => {
  const {code, stdout, stderr} = await runExe(await winePrefix(t), ['version']);
  t.is(stdout, `${version}\n`);
  t.is(code, 0, stderr);
});

test('the packaged agent says its version on Linux', async t => {
  const {path} = await built('linux/amd64');
  const {status, stdout} = spawnSync(path, ['version'], {encoding: 'utf8', env: {}});
  t.is(stdout, `${version}\n`);
  t.is(status, 0);
});

test('a word that is no command ends with code 2 and a line that names the commands', async t => {
  const {code, stderr} = await runExe(await winePrefix(t), ['explode']);
  t.is(code, 2);
  t.regex(stderr, /kubectl-win-agent: .*serve/);
});

test('what Wine takes down without a word is run once more, and what fails again stays failed', async t => {
  const prefix = await winePrefix(t);
  const cmd = (script: string) => runExe(prefix, ['/c', script], {exe: 'cmd'});
  const once = await cmd(String.raw`if exist C:\down.txt (echo up) else (echo x>C:\down.txt & exit 5)`);
  t.is(outputOf(once).trim(), 'up');
  const always = await cmd('exit 5');
  t.throws(() => outputOf(always), {message: 'the program ended with 5: no output'});
});

test('executables are small enough to be pulled by every node', async t => {
  for (const platform of ['windows/amd64', 'linux/amd64', 'linux/arm64'] as const) {
    const {size} = statSync((await built(platform)).path);
    t.true(size < MOST[platform], `${platform}: ${size}`);
  }
});

test('the executable names no folder of the machine that built it', async t => {
  const bytes = readFileSync(await agentExe());
  t.false(bytes.includes(import.meta.dirname));
  t.regex(/pkg-sea-\w{6}/.exec(bytes.toString('latin1'))?.[0] ?? '', /^pkg-sea-0{6}$/);
});
