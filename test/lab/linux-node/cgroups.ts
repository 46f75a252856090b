import {existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

const CGROUPS = '/sys/fs/cgroup';

/** One for cgroup v2, one for each controller of v1. */
export function cgroupRoots(): string[] {
  if (existsSync(join(CGROUPS, 'cgroup.controllers'))) return [CGROUPS];
  return readdirSync(CGROUPS, {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(entry => join(CGROUPS, entry.name));
}

/** Ten times what a process outside of any group gets, as all pods of the node share it: by cgroup v1, and v2. */
const WEIGHTS = {'cpu.shares': '10240', 'cpu.weight': '1000'} as const;

/** Makes the group of a node's pods below every root. */
export function makeCgroup(path: string): void {
  for (const root of cgroupRoots()) {
    const folder = join(root, path);
    mkdirSync(folder, {recursive: true});
    for (const [file, weight] of Object.entries(WEIGHTS))
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), weight);
  }
}

/** Processes that have been killed still hold their group for a moment. */
const PATIENCE_MS = 5000;

/** Removes a group and those below it, as soon as nothing runs in them any more. */
export async function removeCgroup(path: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (removeEmpty(path); existsSync(path) && performance.now() < deadline; removeEmpty(path))
    await sleep(50);
}

function removeEmpty(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, {withFileTypes: true})) {
    if (entry.isDirectory()) removeEmpty(join(path, entry.name));
  }
  try {
    rmdirSync(path);
  } catch {
    // Something still runs in it.
  }
}
