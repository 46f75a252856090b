import {createInterface} from 'node:readline';
import {execa} from 'execa';
import {CHILD} from '../child/names.ts';
import {childArguments} from '../child/self.ts';
import type {SelfCommand} from '../child/self.ts';
import {CollectError} from '../collect/collector.ts';
import type {Gap} from '../host/gaps.ts';
import type {Answer, Questions} from './questions.ts';

/** Asks Windows one question; throws CollectError. */
export type AskWindows = <K extends keyof Questions>(
  what: K,
  signal: AbortSignal,
) => Promise<Answer<Questions[K]>>;

/** A line that the child writes. */
export type Reply = ({ok: true} & Answer<unknown>) | ({ok: false} & Gap);

/** How long things may take, in milliseconds. */
export interface HelperLimits {
  /** A healthy Windows answers within a second, the start of the child included. */
  answerMs: number;
  /** A child that nobody asks ends: an agent at rest is one process. */
  idleMs: number;
}

const LIMITS: HelperLimits = {answerMs: 5000, idleMs: 2000};
/** A node with 500 adapters and 20,000 routes stays below. */
const MAX_LINE = 16 * 1024 * 1024;

/**
 * Asks Windows in child processes of this program. The service manager, the DHCP and DNS clients and drivers of disks stand behind
 * some questions, and any of them may be stuck on the very nodes that are looked at: a child that gives no answer is killed,
 * and costs nothing but that answer. A child that answered is asked again, so a whole snapshot starts one.
 */
export function windowsHelper(self: SelfCommand, limits: HelperLimits = LIMITS): AskWindows {
  const idle: Helper[] = [];
  return async (what, signal) => {
    let helper = idle.pop();
    while (helper?.hasEnded) helper = idle.pop();
    helper ??= startHelper(self, limits);
    const reply = await helper.ask(what, signal);
    idle.push(helper);
    if (!reply.ok) throw new CollectError(reply.reason, reply.detail);
    // Our own child wrote it: `answerTo`.
    return reply as Answer<Questions[typeof what]>;
  };
}

interface Helper {
  readonly hasEnded: boolean;
  /** Throws CollectError, and kills the child, where no reply comes. */
  ask(what: string, signal: AbortSignal): Promise<Reply>;
}

function startHelper(self: SelfCommand, {answerMs, idleMs}: HelperLimits): Helper {
  const child = execa(self.file, childArguments(self, CHILD.windows), {
    stdin: 'pipe',
    stderr: 'ignore',
    buffer: false,
    reject: false,
    windowsHide: true,
  });
  let end: string | undefined;
  let onLine: ((line: string | undefined) => void) | undefined;
  createInterface({input: child.stdout}).on('line', line => onLine?.(line));
  const watch = async (): Promise<void> => {
    const {exitCode, signal, originalMessage} = await child;
    end = exitCode === undefined ? (signal ?? originalMessage ?? 'no exit code') : `exit code ${exitCode}`;
    onLine?.(undefined);
  };
  void watch();
  // It may end before it has read; that shows as no reply.
  child.stdin.on('error', () => {});
  let rest: NodeJS.Timeout | undefined;
  return {
    get hasEnded() {
      return end !== undefined;
    },
    async ask(what, signal) {
      clearTimeout(rest);
      const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
      const line = await new Promise<string | undefined>(resolve => {
        onLine = resolve;
        limit.addEventListener('abort', () => resolve(undefined), {once: true});
        child.stdin.write(`${JSON.stringify(what)}\n`);
      });
      onLine = undefined;
      if (line === undefined || line.length > MAX_LINE) {
        child.kill('SIGKILL');
        throw limit.aborted
          ? new CollectError('timeout', `Windows did not tell its ${what} within ${answerMs} ms`)
          : new CollectError(
              'failed',
              `the child process that asks Windows for its ${what} ended (${end ?? 'flooded'})`,
            );
      }
      rest = setTimeout(() => child.stdin.end(), idleMs);
      rest.unref();
      // Our own child wrote it.
      return JSON.parse(line) as Reply;
    },
  };
}
