import {spawn} from 'node:child_process';
import {join} from 'node:path';
import type {Run} from '../../helpers/cli.ts';
import type {TestLab} from '../lab.ts';

const main = join(import.meta.dirname, '../../../plugin/main.ts');
/** Runs a command with `--confirm 600s`, and presses Ctrl-C as soon as it says that it waits for its second look. */
export async function stoppedInTheWait(
  lab: TestLab,
  ...args: string[]
): Promise<Run & {stoppedInMs: number}> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, ...args, '--confirm', '600s'],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        XDG_CACHE_HOME: join(import.meta.dirname, '../../../build/test-cache'),
        KUBECONFIG: lab.kubeconfigs.admin,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  let pressed = 0;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (pressed > 0 || !/looking again at \d+ nodes? in 600 s/.test(stderr)) return;
    pressed = performance.now();
    child.kill('SIGINT');
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const code = await ended;
  return {code, stdout, stderr, stoppedInMs: performance.now() - pressed};
}
