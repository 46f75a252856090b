import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {hexOf} from '../../src/data/code-number.ts';
import {explainExitCode} from '../../src/data/ntstatus.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';
import {childArguments} from './self.ts';
import type {SelfCommand} from './self.ts';

export interface ChildRun {
  self: SelfCommand;
  /** Of `CHILDREN` (`children.ts`). */
  name: string;
  /** What the child finds on standard input. */
  input?: string;
  /** Ends the child too: the client is gone. */
  signal: AbortSignal;
  /** Milliseconds after which the child is killed. */
  deadlineMs: number;
  /** Bytes of output after which the child is killed. */
  maxBytes: number;
  /** What the child asks, for the words of a failure: `HNS`. */
  service: string;
  onLine(line: string): void;
}

/** A process that is killed inside a call of the kernel may end late, or never; nobody waits longer for it. */
const KILL_GRACE_MS = 1000;
/** What is kept of the child's standard error: a stack at most. */
const MAX_STDERR = 2000;

/**
 * Runs this program as a child and hands on each line that it prints. Answers why it ended too early; `undefined` where it
 * ended by itself and well.
 */
export async function runChild(run: ChildRun): Promise<{reason: MissingReason; detail: string} | undefined> {
  const child = execa(run.self.file, childArguments(run.self, run.name), {
    ...(run.input === undefined ? {stdin: 'ignore'} : {input: run.input}),
    buffer: false,
    cancelSignal: run.signal,
    timeout: run.deadlineMs,
    killSignal: 'SIGKILL',
    reject: false,
    windowsHide: true,
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MAX_STDERR);
  });
  let bytes = 0;
  let isFlooded = false;
  const read = async () => {
    for await (const line of child) {
      bytes += Buffer.byteLength(line) + 1;
      isFlooded ||= bytes > run.maxBytes;
      if (isFlooded) child.kill('SIGKILL');
      else run.onLine(line);
    }
    return child;
  };
  const giveUp = new AbortController();
  const limit = sleep(run.deadlineMs + KILL_GRACE_MS, undefined, {signal: giveUp.signal}).catch(
    () => undefined,
  );
  const result = await Promise.race([read(), limit]);
  giveUp.abort();
  const hung = `${run.service} did not answer within ${run.deadlineMs} ms`;
  if (!result) return {reason: 'timeout', detail: `${hung}, and the process that asked it does not end`};
  if (isFlooded) return {reason: 'failed', detail: `${run.service} answered more than ${run.maxBytes} bytes`};
  if (result.timedOut) return {reason: 'timeout', detail: hung};
  if (result.isCanceled) return {reason: 'timeout', detail: 'the collection was ended before it was done'};
  if (!result.failed) return undefined;
  return {reason: 'failed', detail: `the process that asked ${run.service} ${endOf(result, lastWords)}`};
}

/** Windows ends a process that crashed with its NTSTATUS: 0xC0000005. */
const FIRST_STATUS = 0x8000_0000;

interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  originalMessage?: string | undefined;
}

function endOf({exitCode, signal, originalMessage}: Ended, lastWords: string): string {
  if (signal !== undefined) return `was ended by ${signal}`;
  if (exitCode === undefined) return `could not be started: ${originalMessage ?? 'no reason given'}`;
  const meaning = exitCode >= FIRST_STATUS ? explainExitCode(exitCode)?.name : undefined;
  const last = lastWords.trim().split('\n').at(-1);
  return `ended with ${meaning ? `${meaning} (${hexOf(exitCode)})` : `exit code ${exitCode}`}${last ? `: ${last}` : ''}`;
}
