import {execFile} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import {tempDir} from '../archives.ts';

/** What became of one command on one capture. */
export interface Outcome {
  path: string;
  command: string;
  exit: number;
  /** Standard error. */
  said: string;
}

/** A capture to read: by every command, or by two. */
export interface Asked {
  path: string;
  few: boolean;
}

/** What a child that read captures left behind. */
export interface HostileRun {
  outcomes: Outcome[];
  /** Resident bytes at its peak. */
  peak: number;
  /** Folder in which nothing but what was asked for may be written. */
  folder: string;
}

/** Old space of the child in MiB: what does not fit ends it. */
const HEAP_MIB = 400;
/** A capture that holds a program up ends the test. */
const PATIENCE_MS = 300_000;

/** Runs every command that reads a capture over captures, in a child of bounded memory. */
export async function runHostile(t: ExecutionContext, asked: readonly Asked[]): Promise<HostileRun> {
  const base = tempDir(t);
  const folder = join(base, 'work');
  mkdirSync(folder);
  const [list, results] = [join(base, 'list.json'), join(base, 'results.json')];
  writeFileSync(list, JSON.stringify(asked));
  await promisify(execFile)(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MIB}`,
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'child.ts'),
      list,
      results,
      join(folder, 'out.tar.gz'),
    ],
    {
      cwd: folder,
      timeout: PATIENCE_MS,
      env: {PATH: process.env['PATH'], HOME: folder, XDG_CACHE_HOME: join(base, 'cache'), TMPDIR: folder},
    },
  );
  // Written by the child just now.
  const run = JSON.parse(readFileSync(results, 'utf8')) as Omit<HostileRun, 'folder'>;
  return {...run, folder};
}
