import {existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {isRecord} from '../../src/kube/shape.ts';

/** Who makes a bundle in a folder. */
export interface PartialState {
  /** Path of the archive that it becomes. */
  archive: string;
  pid: number;
  host: string;
  /** Milliseconds since 1970. */
  started: number;
  /** The archive is to be encrypted: what lies here plainly must not outlive its process. */
  isEncrypted: boolean;
}

const STATE = 'state.json';
export const JOURNAL = 'journal.jsonl';
const SUFFIX = '.partial';
/** What nobody has gone on with for so long is of another day's trouble. */
const KEPT_MS = 24 * 3_600_000;

/** Makes the folder in which a bundle grows: beside its archive, on the same disk, and with a name that tells what it is. */
export function makePartial(archive: string, isEncrypted: boolean): string {
  const stem = `${resolve(archive)}.${process.pid}`;
  for (let n = 0; ; n++) {
    const root = `${stem}${n === 0 ? '' : `-${n}`}${SUFFIX}`;
    if (existsSync(root)) continue;
    mkdirSync(root, {mode: 0o700});
    claim(root, archive, isEncrypted);
    return root;
  }
}

/** States that this process makes the bundle in a folder. */
export function claim(root: string, archive: string, isEncrypted: boolean): void {
  const state: PartialState = {
    archive: resolve(archive),
    pid: process.pid,
    host: hostname(),
    started: Date.now(),
    isEncrypted,
  };
  writeFileSync(join(root, STATE), JSON.stringify(state), {mode: 0o600});
}

/** Who makes, or made, the bundle in a folder; undefined where it is no such folder. */
export function stateOf(root: string): PartialState | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(join(root, STATE), 'utf8'));
    if (!isRecord(state)) return undefined;
    const {archive, pid, host, started} = state;
    if (typeof archive !== 'string' || typeof pid !== 'number' || typeof started !== 'number')
      return undefined;
    return {archive, pid, host: String(host), started, isEncrypted: state['isEncrypted'] === true};
  } catch {
    return undefined;
  }
}

/** Whether the process that makes it is there still; of another machine nobody knows. */
export function isRunning({pid, host}: PartialState): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Clears away what processes that are gone have left beside an archive. What can be gone on with stays for a day, and is answered.
 */
export function tidyPartials(archive: string): string[] {
  const folder = dirname(resolve(archive));
  const left: string[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const root = join(folder, name);
    const state = name.endsWith(SUFFIX) ? stateOf(root) : undefined;
    if (!state) continue;
    const isOld = Date.now() - state.started > KEPT_MS;
    if (isRunning(state) && !(isOld && state.host !== hostname())) continue;
    if (!isOld && existsSync(join(root, JOURNAL))) left.push(root);
    else rmSync(root, {recursive: true, force: true});
  }
  return left.sort();
}

/**
 * Puts what a process has left under the name of the new bundle, without what it had half done, and without links: nothing is read
 * or written through one.
 */
export function takeOver(root: string, folder: string): void {
  for (const entry of readdirSync(root, {withFileTypes: true})) {
    const at = join(root, entry.name);
    if (!entry.isDirectory()) {
      if (entry.name.startsWith('out-') || !entry.isFile()) rmSync(at);
    } else if (at !== folder) renameSync(at, folder);
  }
  mkdirSync(folder, {recursive: true});
  for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true}))
    if (!entry.isFile() && !entry.isDirectory()) rmSync(join(entry.parentPath, entry.name));
}
