import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {shipped} from './shipped.ts';

/** What a run of the program left behind. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program as a user does, as it ships, with an environment that holds nothing of the user's. */
export async function win(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
): Promise<Run> {
  const child = spawn(process.execPath, [await shipped(), ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      XDG_CACHE_HOME: join(import.meta.dirname, '../../build/test-cache'),
      ...env,
    },
  });
  child.stdin.on('error', () => {
    // A program that reads no input closes it early.
  });
  child.stdin.end(input);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  return {code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString()};
}

/** A directory that goes with the test, holding these files. */
export function folderWith(t: ExecutionContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-'));
  t.teardown(() => rmSync(folder, {recursive: true, force: true}));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
