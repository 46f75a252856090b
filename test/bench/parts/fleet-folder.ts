import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** The bundle of a simulated fleet. */
export interface FleetFolder {
  path: string;
  bytes: number;
}

/** Has the bundle of a simulated fleet written, lends it, and removes it. */
export async function withFleetBundle(
  {nodes, podsOfNode}: {nodes: number; podsOfNode: number},
  work: (bundle: FleetFolder) => Promise<void>,
): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'fleet-'));
  try {
    const program = join(import.meta.dirname, 'fleet-bundle.ts');
    const run = spawnSync(process.execPath, [program, path, String(nodes), String(podsOfNode)], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    await work({path, bytes: Number(run.stdout)});
  } finally {
    rmSync(path, {recursive: true});
  }
}
