import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {identify, isRunning} from './process-id.ts';
import type {ProcessId} from './process-id.ts';

/** How something is built. */
export interface Recipe {
  /** What is built, for the one line that is said: `etcd (minutes, once)`. */
  what: string;
  /** Gets one line for each thing that takes time. */
  say: (line: string) => void;
  /** Fills an empty folder. What it throws leaves the cache as it was. */
  make: (folder: string) => Promise<void>;
}

/**
 * Builds a folder of the cache unless it is there, and answers its path. The path names all that the result depends on (a
 * hash of it); a folder of that name is always whole, even if builders are killed or several start at once.
 */
export async function buildOnce(folder: string, {what, say, make}: Recipe): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), {recursive: true});
  const unlock = await lock(`${folder}.lock`, say);
  try {
    if (existsSync(folder)) return folder;
    say(`building ${what}`);
    removeHalves(folder);
    const half = mkdtempSync(`${folder}.half-`);
    try {
      await make(half);
      renameSync(half, folder);
    } finally {
      rmSync(half, {recursive: true, force: true});
    }
    return folder;
  } finally {
    unlock();
  }
}

/** What builders left that were killed. Called under the lock. */
function removeHalves(folder: string): void {
  const prefix = `${basename(folder)}.half-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(folder), name), {recursive: true, force: true});
  }
}

/** One builder at a time; a lock that a dead builder left is taken over. */
async function lock(file: string, say: (line: string) => void): Promise<() => void> {
  const own = JSON.stringify(identify(process.pid));
  for (let told = false; ;) {
    try {
      writeFileSync(file, own, {flag: 'wx'});
      return () => rmSync(file, {force: true});
    } catch (error) {
      // Node's file errors carry a code; anything else is a bug and goes on.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (abandoned(file)) {
      rmSync(file, {force: true});
      continue;
    }
    if (!told) say(`waiting for another builder (${file})`);
    told = true;
    await sleep(500);
  }
}

function abandoned(file: string): boolean {
  try {
    // Written by `lock` alone.
    return !isRunning(JSON.parse(readFileSync(file, 'utf8')) as ProcessId);
  } catch {
    return false; // Just removed, or not yet written whole: look again.
  }
}
