import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {identify, isRunning} from '../../scripts/cache/process-id.ts';
import type {ProcessId} from '../../scripts/cache/process-id.ts';
import {endServer} from './wine-template.ts';

const PREFIX = 'wine-prefix-';
/** Who made a prefix, so that it can be ended when its test was killed. */
const OWNER = 'owner.json';

/** An empty folder for a prefix of this process. */
export function newPrefix(): string {
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(path, OWNER), JSON.stringify(identify(process.pid)));
  return path;
}

/** Ends what runs in prefixes whose tests were killed, and takes them away. */
export function endAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter(entry => entry.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    const owner = ownerOf(path);
    if (!owner || isRunning(owner)) continue;
    endServer(path);
    rmSync(path, {recursive: true, force: true});
  }
}

function ownerOf(path: string): ProcessId | undefined {
  try {
    // Written by `newPrefix` alone.
    return JSON.parse(readFileSync(join(path, OWNER), 'utf8')) as ProcessId;
  } catch {
    return undefined; // Just made, or just taken away.
  }
}
