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
   * Files of tests, as a glob. One in which something failed, or that hung, is run once more, and that is said: what fails
   * once on real programs may be the machine's doing, what fails twice is ours.
   */
  files?: string;
  /** Each file goes to a run of its own, so that one that hangs takes neither the others' time nor their results. */
  apart?: boolean;
}

/** Of a suite that runs as a whole. */
const MOST_FILES_AGAIN = 5;

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
  if (step.files === undefined) return runOnce(step, place);
  const files = globSync(step.files, {cwd: place.root}).toSorted();
  if (step.apart !== true) return runTogether(step, files, place);
  const sum = nothingYet();
  for (const file of files) add(sum, await runFile(step, file, place));
  return sum;
}

async function runFile(step: Step, file: string, place: Place): Promise<Result> {
  const started = Date.now();
  const run = {...step, name: file, command: [...step.command, file]};
  const first = await runOnce(run, place);
  let result = first;
  if (first.failed > 0) {
    place.say(`${first.failures.join('\n')}\n${file} is run once more`);
    const second = await runOnce(run, place);
    result = {...second, shaky: whatPassedThen(first, second)};
  }
  place.say(`${file}: ${result.passed} passed, ${result.failed} failed in ${secondsSince(started)} s`);
  return result;
}

async function runTogether(step: Step, files: readonly string[], place: Place): Promise<Result> {
  const first = await runOnce(step, place);
  const prefixes = files.map(file => ({file, prefix: titlePrefix(file)}));
  const found = first.failures.map(title => prefixes.find(({prefix}) => title.startsWith(prefix))?.file);
  const again = [...new Set(found)].filter(file => file !== undefined);
  // What ended without a word of a test cannot be run alone; and where much fails, it is ours.
  if (again.length === 0 || found.includes(undefined) || again.length > MOST_FILES_AGAIN) return first;
  place.say(`${first.failures.join('\n')}\n${again.join(', ')}: run once more`);
  const second = await runOnce({...step, command: [...step.command, ...again]}, place);
  const shaky = whatPassedThen(first, second);
  return {...second, passed: first.passed + shaky.length, skipped: first.skipped, shaky};
}

/** How AVA begins the titles of a file's tests when it runs all of `test`: `test/src/text/line.test.ts` gives `src › text › line › `. */
function titlePrefix(file: string): string {
  const parts = file
    .replace(/^test\//, '')
    .replace(/\.test\.ts$/, '')
    .split('/');
  return `${parts.join(' › ')} › `;
}

function whatPassedThen(first: Result, second: Result): string[] {
  // Of a few files AVA leaves out of titles what their paths have in common.
  const failedAgain = (title: string): boolean =>
    second.failures.some(other => title === other || title.endsWith(` › ${other}`));
  return first.failures.filter(title => !failedAgain(title));
}

/** Whole seconds since a time in milliseconds since 1970. */
export function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}

async function runOnce({command, counts, name, limit}: Step, {root, env, say}: Place): Promise<Result> {
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
  return result;
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
