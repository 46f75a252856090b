import {spawn} from 'node:child_process';
import {closeSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {identify, isRunning} from '../../../scripts/cache/process-id.ts';
import type {ProcessId} from '../../../scripts/cache/process-id.ts';
import type {LabDir} from './places.ts';

/** How a part is run. */
export interface Command {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
}

/** Starts a part in a session of its own, its output in `<part>.log`, its identity in `<part>.pid`. */
export function startPart(lab: LabDir, part: string, {file, args, env}: Command): ProcessId {
  const log = openSync(lab.log(part), 'a');
  const child = spawn(file, args, {
    cwd: lab.root,
    detached: true,
    stdio: ['ignore', log, log],
    env: {...process.env, ...env},
  });
  closeSync(log);
  child.on('error', () => {}); // Seen by whoever waits for the part: there is no process then.
  child.unref();
  const id = identify(child.pid ?? 0);
  writeFileSync(lab.path(`${part}.pid`), JSON.stringify(id));
  return id;
}

/** All parts that were started in this lab, in the order of their names. */
export function partsOf(lab: LabDir): {part: string; id: ProcessId; running: boolean}[] {
  return readdirSync(lab.root)
    .filter(file => file.endsWith('.pid'))
    .toSorted()
    .map(file => {
      // Written by `startPart` alone.
      const id = JSON.parse(readFileSync(lab.path(file), 'utf8')) as ProcessId;
      return {part: file.slice(0, -'.pid'.length), id, running: isRunning(id)};
    });
}

/** Ends one process: TERM, and KILL after the grace period. Does nothing to any other process. */
export async function end(id: ProcessId, graceMs = 10_000): Promise<void> {
  if (!isRunning(id)) return;
  process.kill(id.pid, 'SIGTERM');
  if (await gone(id, graceMs)) return;
  process.kill(id.pid, 'SIGKILL');
  await gone(id, graceMs);
}

async function gone(id: ProcessId, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isRunning(id)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Ends one part and forgets it. */
export async function endPart(lab: LabDir, part: string, id: ProcessId): Promise<void> {
  await end(id);
  rmSync(lab.path(`${part}.pid`), {force: true});
}

/** The last lines of a part's log, on one line, for an error message. */
export function lastWords(lab: LabDir, part: string): string {
  try {
    const lines = readFileSync(lab.log(part), 'utf8').trim().split('\n');
    const fatal = lines.findLast(line => /^F\d{4}|^Error|"level":"fatal"|panic:/.test(line));
    return (fatal ?? lines.at(-1) ?? '').slice(0, 300);
  } catch {
    return '';
  }
}
