import {spawnSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {identify} from '../../../scripts/cache/process-id.ts';
import {end} from '../parts/process.ts';

/** containerd leaves its shims running when it ends; they are told by the socket that they were given. */
export async function endShims(socket: string): Promise<void> {
  for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const ours = args[0]?.includes('containerd-shim') && args.includes(socket);
      if (ours) await end(identify(Number(entry)), 2000);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Takes away what is mounted below a folder. */
export function unmountBelow(root: string): void {
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[1] ?? '')
    .filter(point => point.startsWith(`${root}/`));
  // The innermost first.
  for (const point of points.toSorted().toReversed()) spawnSync('umount', ['--lazy', point]);
}
