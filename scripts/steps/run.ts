import {spawn, type ChildProcess} from 'node:child_process';
import {globSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {add, nothingYet, readTap, type Result} from './tap.ts';

/** One step of the tests. */
export interface Step {
  name: string;
  command: readonly string[];
  /** `tap`: counts the suite's own tests. `exit`: the command is one test. `setup`: must work, is no test. */
  counts: 'tap' | 'exit' | 'setup';
  /** Minutes that a run of the command may take; then it and all it started in its process group are killed, and it has failed. */
  limit: number;
  /**
   * Files, as a glob: each goes to a run of its own, so that one that hangs takes neither the others' time nor their results. It is
   * run once more, which is said: what hangs on real programs may be the machine's doing, what hangs twice is ours.
   */
  files?: string;
}

/** How long the output of a command that has ended may still come. */
const DRAIN_MS = 2000;

/** Where steps are run, and with what. */
export interface Place {
  root: string;
  env: NodeJS.ProcessEnv;
  /** Gets each line that somebody should see. */
  say: (line: string) => void;
}

/** Runs a step with its output shown; failing tests are shown as they come. */
export async function runStep(step: Step, place: Place): Promise<Result> {
  if (step.files === undefined) return (await runOnce(step, place)).result;
  const sum = nothingYet();
  for (const file of globSync(step.files, {cwd: place.root}).toSorted()) {
    const started = Date.now();
    const run = {...step, name: file, command: [...step.command, file]};
    let one = await runOnce(run, place);
    if (one.late) {
      place.say(`${one.result.failures.at(-1)}; it is run once more`);
      one = await runOnce(run, place);
    }
    const {passed, failed} = one.result;
    place.say(`${file}: ${passed} passed, ${failed} failed in ${secondsSince(started)} s`);
    add(sum, one.result);
  }
  return sum;
}

/** Whole seconds since a time in milliseconds since 1970. */
export function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}

async function runOnce(
  {command, counts, name, limit}: Step,
  {root, env, say}: Place,
): Promise<{result: Result; late: boolean}> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true, env});
  const result = nothingYet();
  const ended = exitOf(child);
  let late = false;
  const alarm = setTimeout(() => {
    late = true;
    killGroup(child);
  }, limit * 60_000);
  const stop = (): void => {
    killGroup(child);
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  createInterface({input: child.stdout}).on('line', line => {
    if (counts !== 'tap' || readTap(line, result)) say(line);
  });
  const failure = await ended;
  clearTimeout(alarm);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (counts === 'exit' && failure === undefined) result.passed++;
  if (late) fail(result, `${name} was not done within ${limit} minutes and was killed`);
  else if (failure !== undefined && result.failed === 0) fail(result, `${name} ${failure}`);
  return {result, late};
}

function fail(result: Result, why: string): void {
  result.failed++;
  result.failures.push(why);
}

/** Answers once the command has ended and its output was read: what went wrong, or nothing. */
async function exitOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise(resolve => {
    child.on('error', error => resolve(`could not be run: ${error.message}`));
    // What it left behind in a session of its own may hold the pipe for ever.
    child.on('exit', () => setTimeout(() => child.stdout?.destroy(), DRAIN_MS).unref());
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`),
    );
  });
}

function killGroup({pid}: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
