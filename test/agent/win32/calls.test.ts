import test from 'ava';
import type {ExecutionContext} from 'ava';
import {packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';

async function call(t: ExecutionContext, args: readonly string[]): Promise<unknown> {
  const exe = await packagedExe('test/agent/programs/windows-calls.ts');
  const {code, stdout, stderr} = await runExe(await winePrefix(t), args, {exe});
  t.is(code, 0, stderr);
  return JSON.parse(stdout);
}

test('texts of processes and command lines are those of Windows', async t => {
  const line = String.raw`"C:\Program Files\k\kubelet.exe" --v=2 "--node-labels=a=b c" --x=\"q\" 以太网`;
  const {image, words} = (await call(t, ['text', line])) as {image: string; words: string[]};
  t.regex(image, /kubectl-win-agent\.exe$/);
  t.deepEqual(words, [
    String.raw`C:\Program Files\k\kubelet.exe`,
    '--v=2',
    '--node-labels=a=b c',
    '--x="q"',
    '以太网',
  ]);
});

/** What the runtime's own heap may add; forty leaks of the buffer of services alone are 10 MiB. */
const ALLOWED_GROWTH = 8 * 1024 * 1024;

test('sixty looks at everything leave no memory behind', async t => {
  t.timeout(240_000);
  const {first, last} = (await call(t, ['memory', '60'])) as {first: number; last: number};
  t.true(last - first < ALLOWED_GROWTH, `${first} bytes became ${last}`);
});
