import {existsSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {CollectError} from '../collect/collector.ts';

/** A program to run: full path, fixed arguments, and no environment but what is given. */
export interface Program {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Milliseconds after which it is killed. */
  deadlineMs: number;
  /** Bytes of output after which it is killed. */
  maxBytes: number;
}

export interface Ended {
  stdout: Buffer;
  /** Null where it was killed by someone else. */
  exitCode: number | null;
}

/** Runs a program; tests pass their own. */
export type RunProgram = typeof runProgram;

/** A process that is held by the kernel may end late, or never; nobody waits longer for it. */
const KILL_GRACE_MS = 1000;

/** Runs a program to its end and answers its output, whatever its exit code. Throws CollectError: `timeout`, `unsupported`, `failed`. */
export async function runProgram({file, args, env, signal, deadlineMs, maxBytes}: Program): Promise<Ended> {
  // execa would leave a file that is not there to cmd.exe.
  if (!existsSync(file)) throw new CollectError('unsupported', `this node has no ${file}`);
  const child = execa(file, args, {
    stdin: 'ignore',
    stderr: 'ignore',
    encoding: 'buffer',
    env,
    extendEnv: false,
    maxBuffer: maxBytes,
    cancelSignal: signal,
    timeout: deadlineMs,
    killSignal: 'SIGKILL',
    reject: false,
    windowsHide: true,
  });
  const giveUp = new AbortController();
  const limit = sleep(deadlineMs + KILL_GRACE_MS, undefined, {signal: giveUp.signal}).catch(() => undefined);
  const result = await Promise.race([child, limit]);
  giveUp.abort();
  if (!result || result.timedOut)
    throw new CollectError('timeout', `${file} did not end within ${deadlineMs} ms`);
  if (result.isCanceled) throw new CollectError('timeout', `${file} was ended before it was done`);
  if (result.isMaxBuffer) throw new CollectError('failed', `${file} answered more than ${maxBytes} bytes`);
  if (result.code === 'ENOENT') throw new CollectError('unsupported', `this node has no ${file}`);
  if (result.exitCode === undefined && result.signal === undefined)
    throw new CollectError(
      'failed',
      `${file} could not be started: ${result.originalMessage ?? 'no reason given'}`,
    );
  return {stdout: Buffer.from(result.stdout), exitCode: result.exitCode ?? null};
}
