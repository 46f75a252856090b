import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {startLab, type TestLab} from '../../lab/lab.ts';
import {largeScene} from '../../lab/scene/large.ts';
import {loadObjects} from '../../lab/scene/load.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const PROCESSES = 4;

/** Lends a lab with so many nodes and an agent on each, of which some may be sick; it is stopped whatever comes of it. */
export async function withCrowd<T>(
  {nodes: count, faults}: {nodes: number; faults: boolean},
  work: (lab: TestLab) => T | Promise<T>,
): Promise<T> {
  const lab = await startLab({agents: true, crowd: {processes: PROCESSES, faults}});
  try {
    // What else would run on a thousand nodes is no part of this.
    await lab.kubectl(['delete', 'daemonsets', '--all', '--all-namespaces', '--cascade=background']);
    await lab.kubectl(['delete', 'nodes', '--all']);
    const [, , nodes = []] = largeScene({nodes: count, pods: 0});
    await loadObjects(lab.api, [nodes]);
    // Whether a busy machine's controllers call every pod ready in time is no part of this either.
    install(lab);
    await everyAgentIsMapped(lab, count);
    return await work(lab);
  } finally {
    await lab.stop();
  }
}

function install(lab: TestLab): void {
  const main = join(root, 'plugin', 'main.ts');
  const args = [main, 'agent', 'install', '--yes', '--no-wait', '--kubeconfig', lab.kubeconfigs.admin];
  const run = spawnSync(process.execPath, args, {encoding: 'utf8'});
  if (run.status !== 0) throw new Error(`agent install: ${run.stderr}`);
}

async function everyAgentIsMapped(lab: TestLab, count: number): Promise<void> {
  for (;;) {
    const mapped = await lab.kubectl(['get', 'clusterportforwards', '-o', 'name']);
    if (mapped.trim().split('\n').length >= count) return;
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}
