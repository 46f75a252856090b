import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {closeSync, copyFileSync, mkdirSync, openSync, readFileSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import type {Readable, Writable} from 'node:stream';
import type {ExecutionContext} from 'ava';
import {buildProgram} from '../../scripts/programs/program.ts';
import type {Run} from './cli.ts';
import {endAbandoned, newPrefix} from './wine-prefixes.ts';
import {copyPrefix, endServer, ensureServer, wine, wineEnv, wineTemplate} from './wine-template.ts';

/** A Windows of its own. Everything that runs in it ends with the test, and its files go. */
export interface WinePrefix {
  readonly path: string;
  /** Path on this machine of `C:\`. */
  readonly driveC: string;
  /** Ends of the programs that were started in it. */
  readonly programs: Promise<unknown>[];
  /** Network namespace that its programs run in: there they can also connect out. */
  readonly netns?: string;
}

/** Makes a prefix for a test in a fraction of a second (the first one ever takes some). */
export async function winePrefix(t: ExecutionContext, options: {netns?: string} = {}): Promise<WinePrefix> {
  const template = await wineTemplate();
  endAbandoned();
  const path = newPrefix();
  const programs: Promise<unknown>[] = [];
  t.teardown(async () => {
    endServer(path);
    await Promise.allSettled(programs);
    rmSync(path, {recursive: true, force: true});
  });
  copyPrefix(template, path);
  return {path, driveC: join(path, 'drive_c'), programs, ...options};
}

/** How a file of this machine is named inside: `/tmp/x` is `Z:\tmp\x`. */
export function winPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Path on this machine of a file inside: `C:\k\kubelet.log`. Its folder is made. */
export function insidePath(prefix: WinePrefix, path: string): string {
  const [, rest] = /^[Cc]:\\(.+)$/.exec(path) ?? [];
  if (rest === undefined) throw new Error(`not a path of drive C: ${path}`);
  const parts = rest.split('\\');
  mkdirSync(join(prefix.driveC, ...parts.slice(0, -1)), {recursive: true});
  return join(prefix.driveC, ...parts);
}

/**
 * Puts a library or program into `C:\windows\system32`, where the agent loads those of the system from by full path; the name
 * is the file's unless one is given.
 */
export function putSystemFile(prefix: WinePrefix, file: string, name = basename(file)): void {
  const target = join(prefix.driveC, 'windows', 'system32', name.toLowerCase());
  // Wine's own is a hard link into the template.
  rmSync(target, {force: true});
  copyFileSync(file, target);
}

/** How a program is run. */
export interface ExeOptions {
  /** Added to the environment. */
  env?: Record<string, string>;
  /** The program; the packaged agent unless given. */
  exe?: string;
}

/** A program that runs in a prefix. */
export interface RunningExe {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** What it has written to standard error by now. */
  stderr(): string;
  /** What came out, whole, once it has ended. */
  readonly ended: Promise<Run>;
  /** Kills it and waits for its end. */
  stop(): Promise<Run>;
}

/**
 * Starts the packaged agent (or another Windows program) with pipes for standard input and output. Standard error is a file:
 * Node.js looks at `process.stderr` from its own modules, and a pipe there is EBADF under Wine.
 */
export async function startExe(
  prefix: WinePrefix,
  args: readonly string[],
  {env = {}, exe}: ExeOptions = {},
): Promise<RunningExe> {
  const program = exe ?? (await agentExe());
  ensureServer(prefix.path, program => inNetwork(prefix.netns, program));
  const {file, args: all} = inNetwork(prefix.netns, {file: wine(), args: [program, ...args]});
  const errors = join(prefix.path, `stderr-${randomUUID()}`);
  const fd = openSync(errors, 'a');
  const child = spawn(file, all, {
    env: {...wineEnv(prefix.path), ...env},
    cwd: prefix.driveC,
    stdio: ['pipe', 'pipe', fd],
  });
  closeSync(fd);
  const stderr = (): string => readFileSync(errors, 'utf8');
  const {stdin, stdout, pid} = child;
  if (!stdin || !stdout || pid === undefined) throw new Error(`${file} could not be started`);
  stdin.on('error', () => {}); // A program that reads no input closes it early.
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({code, stdout: Buffer.concat(chunks).toString(), stderr: stderr()}));
  });
  prefix.programs.push(ended);
  const stop = (): Promise<Run> => {
    child.kill('SIGKILL');
    return ended;
  };
  return {pid, stdin, stdout, stderr, ended, stop};
}

/** A program run in a network namespace, where there is one. */
function inNetwork<P extends {file: string; args: readonly string[]}>(
  netns: string | undefined,
  program: P,
): P {
  const {file, args} = program;
  return netns === undefined
    ? program
    : {...program, file: 'ip', args: ['netns', 'exec', netns, file, ...args]};
}

/** How our programs fail by themselves: with findings or an error, used in a wrong way. */
const OWN_FAILURES: ReadonlySet<number | null> = new Set([1, 2]);

/**
 * Runs the packaged agent (or another Windows program) to its end. Where Wine takes it down without a word (seen once in some
 * thousand programs; Node.js and ours say why they fail), that is said here and the program is run once more.
 */
export async function runExe(
  prefix: WinePrefix,
  args: readonly string[],
  options: ExeOptions & {stdin?: string | Uint8Array} = {},
): Promise<Run> {
  const run = await runOnce(prefix, args, options);
  if (!isTakenDown(run)) return run;
  console.error(
    `Wine took a program down (${run.code}) after ${run.stdout.length} bytes of output: once more`,
  );
  return runOnce(prefix, args, options);
}

function isTakenDown({code, stdout, stderr}: Run): boolean {
  return code !== 0 && stderr === '' && !(OWN_FAILURES.has(code) && stdout !== '');
}

async function runOnce(
  prefix: WinePrefix,
  args: readonly string[],
  {stdin = '', ...options}: ExeOptions & {stdin?: string | Uint8Array},
): Promise<Run> {
  const running = await startExe(prefix, args, options);
  running.stdin.end(stdin);
  return running.ended;
}

/** What a program wrote that has to succeed. Throws with its end where it did not. */
export function outputOf({code, stdout, stderr}: Run): string {
  if (code !== 0) throw new Error(`the program ended with ${code}: ${stderr || stdout || 'no output'}`);
  return stdout;
}

/** Path of the packaged agent for Windows, built if its sources have changed (15 s). */
export async function agentExe(): Promise<string> {
  return (await buildProgram({platform: 'windows/amd64', say: line => console.error(line)})).path;
}

/** Packages a small program of the tests for Windows, the way the agent is packaged; answers its path. */
export async function packagedExe(entry: string): Promise<string> {
  return (await buildProgram({platform: 'windows/amd64', entry, say: line => console.error(line)})).path;
}
