import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {SPLIT_MODULES} from '../../../scripts/programs/modules.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Runs a program of the benchmarks built as ours ships, with its second thread: from sources each thread would first compile TypeScript.
 * Answers what it printed.
 */
export async function runAsShipped(program: string, args: readonly string[]): Promise<string> {
  const builds = join(root, 'build');
  mkdirSync(builds, {recursive: true});
  // Inside of the project, where Node.js finds what is not built in.
  const folder = mkdtempSync(join(builds, 'bench-'));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: {main: program, 'node-worker': 'plugin/services/node-thread/worker.ts'},
      outdir: folder,
      ...SPLIT_MODULES,
    });
    const run = spawnSync(process.execPath, [join(folder, 'main.js'), ...args], {encoding: 'utf8'});
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
