import {join} from 'node:path';
import type {ProcessFacts} from '../../src/protocol/node-facts.ts';
import {allowedFlags, flagsOf} from '../host/flags.ts';
import {namesIn, textOf} from './host.ts';
import type {LinuxHost} from './host.ts';
import {parseBootTime, parseStat} from './proc.ts';

/** Clock ticks a second in /proc, on every architecture that Kubernetes runs on (USER_HZ). */
const TICKS = 100;
/** kthreadd, whose children are threads of the kernel. */
const KERNEL = 2;

/**
 * Processes of the node, whose /proc is in its file system: no host PID namespace is needed to read there. Arguments are read of
 * programs on the allow-list only. Throws CollectError.
 */
export async function listProcesses({root}: LinuxHost): Promise<ProcessFacts[]> {
  const proc = join(root, '/proc');
  const names = (await namesIn(proc)) ?? [];
  const boot = parseBootTime((await textOf(join(proc, 'stat'))) ?? '');
  const found: ProcessFacts[] = [];
  for (const name of names.filter(entry => /^\d+$/.test(entry))) {
    const stat = parseStat((await textOf(join(proc, name, 'stat'))) ?? '');
    const pid = Number(name);
    if (!stat || pid === KERNEL || stat.parent === KERNEL) continue;
    const startedAt = boot === undefined ? null : new Date((boot + stat.ticks / TICKS) * 1000).toISOString();
    const flags = await flagsOfProcess(join(proc, name), stat.name);
    found.push({pid, image: stat.name, startedAt, threads: stat.threads, flags});
  }
  return found.sort((a, b) => a.pid - b.pid);
}

async function flagsOfProcess(folder: string, program: string): Promise<ProcessFacts['flags']> {
  const allowed = allowedFlags(program);
  if (!allowed) return null;
  const [, ...args] = ((await textOf(join(folder, 'cmdline'))) ?? '').split('\0');
  return flagsOf(
    args.filter(arg => arg !== ''),
    allowed,
  );
}
