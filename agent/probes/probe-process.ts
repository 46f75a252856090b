import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {execa} from 'execa';
import type {ProbeLine} from '../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../src/protocol/probes/orders.ts';
import {readProbeLine} from '../../src/protocol/probes/read-line.ts';
import {CHILD} from '../child/names.ts';
import {childArguments} from '../child/self.ts';
import type {SelfCommand} from '../child/self.ts';
import type {ChildSetup} from './child-setup.ts';

/** A child process in one network. */
export interface ProbeProcess {
  send(order: ProbeOrder): void;
  /** No order comes any more: the process ends when it has answered all. */
  finish(): void;
  /** How it ended, in one clause; it is not told more than that it was killed where the signal fired. */
  readonly ended: Promise<string>;
}

/** Starts a child process. It is killed when the signal fires. */
export function startProbeProcess(
  self: SelfCommand,
  setup: ChildSetup,
  {signal, onLine}: {signal: AbortSignal; onLine: (line: ProbeLine) => void},
): ProbeProcess {
  const child = execa(self.file, childArguments(self, CHILD.probe), {
    stdin: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    windowsHide: true,
    cancelSignal: signal,
    killSignal: 'SIGKILL',
  });
  const lines = createInterface({input: child.stdout}).on('line', text => {
    const line = readProbeLine(text);
    if (line) onLine(line);
  });
  const allRead = once(lines, 'close');
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MAX_STDERR);
  });
  // It may end before it has read; that shows as orders without an answer.
  child.stdin.on('error', () => undefined);
  const write = (value: unknown): void => void child.stdin.write(`${JSON.stringify(value)}\n`);
  write(setup);
  return {send: write, finish: () => child.stdin.end(), ended: endOf()};

  async function endOf(): Promise<string> {
    const [{exitCode, signal: by, originalMessage}] = await Promise.all([child, allRead]);
    const how = exitCode === undefined ? (by ?? originalMessage ?? 'no exit code') : `exit code ${exitCode}`;
    const last = lastWords.trim().split('\n').at(-1);
    return last ? `${how}: ${last}` : how;
  }
}

/** What is kept of the child's standard error: a stack at most. */
const MAX_STDERR = 2000;
