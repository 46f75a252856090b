import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';

const run = promisify(execFile);

/** Somebody at a terminal: what is typed, and what the screen shows. */
export interface Terminal {
  /** Types keys as tmux names them: `Tab`, `Enter`; other words are typed letter by letter. */
  readonly type: (...keys: string[]) => Promise<void>;
  /** Waits until the screen shows something. Fails with what it shows instead after a while. */
  readonly shows: (expected: RegExp) => Promise<void>;
}

/** Starts a program in a terminal of its own, which goes with the test. `home` is where its socket is kept. */
export async function terminal(
  t: ExecutionContext,
  {program, home, env}: {program: readonly string[]; home: string; env: Record<string, string>},
): Promise<Terminal> {
  const tmux = (...args: string[]): Promise<{stdout: string}> =>
    run('tmux', ['-S', join(home, 'tmux.sock'), '-f', '/dev/null', ...args], {env});
  await tmux('new-session', '-d', '-x', '160', '-y', '40', ...program);
  t.teardown(() => tmux('kill-server'));
  return {
    async type(...keys) {
      for (const key of keys) await tmux('send-keys', ...(/^[A-Z]/.test(key) ? [key] : ['-l', '--', key]));
    },
    async shows(expected) {
      let screen = '';
      for (let tries = 0; tries < 150; tries++) {
        screen = (await tmux('capture-pane', '-p', '-J')).stdout;
        if (expected.test(screen)) return;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      t.fail(`the screen never showed ${expected}:\n${screen}`);
    },
  };
}
