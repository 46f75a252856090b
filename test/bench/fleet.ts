/**
 * A snapshot of a whole fleet through the real API server: 1,000 nodes of 1 MB each; then again with two of a hundred
 * hanging, one dying in mid-answer and one refusing.
 */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {faultOf, numberOf} from '../lab/agents/crowd-pods.ts';
import {startLab, type TestLab} from '../lab/lab.ts';
import {largeScene} from '../lab/scene/large.ts';
import {loadObjects} from '../lab/scene/load.ts';
import type {FleetRun} from './parts/fleet-client.ts';
import {Bounds, isFull} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const NODES = isFull ? 1000 : 100;
const PROCESSES = 4;
/** Shorter than the plugin's own, so that a smoke run is over soon; what is proved is that it is paid once. */
const SILENCE_MS = isFull ? 20_000 : 5000;
const MB = 1e6;
const bounds = new Bounds();

const healthy = await withCrowd(false, measured);
check(healthy.nodes, NODES, 'nodes were asked');
check(Object.keys(healthy.lost).length, 0, 'nodes are lost');
bounds.note('read', healthy.bytes / MB, ' MB');
bounds.atMost(`snapshot of ${NODES} nodes`, healthy.ms / 1000, isFull ? 60 : 15, ' s');
bounds.atMost('peak memory of the plugin', healthy.peak / MB, 400, ' MB');

const sick = await withCrowd(true, measured);
const numbers = Array.from({length: NODES}, (_, i) => i).filter(i => faultOf(i) !== undefined);
check(
  Object.keys(sick.lost)
    .map(numberOf)
    .toSorted((a, b) => a - b)
    .join(),
  numbers.join(),
  'are the nodes lost',
);
for (const [node, words] of Object.entries(sick.lost).slice(0, 4)) console.log(`       ${node}: ${words}`);
const grown = (sick.ms - healthy.ms) / 1000;
bounds.atMost('the time grows by', grown, SILENCE_MS / 1000 + healthy.ms / 10_000, ' s');
bounds.atMost('peak memory of the plugin with sick nodes', sick.peak / MB, 400, ' MB');
bounds.conclude();

/** A lab with agents on every node. */
async function withCrowd<T>(faults: boolean, work: (lab: TestLab) => T): Promise<T> {
  const lab = await startLab({agents: true, crowd: {processes: PROCESSES, faults}});
  try {
    // What else would run on a thousand nodes is no part of this.
    await lab.kubectl(['delete', 'daemonsets', '--all', '--all-namespaces', '--cascade=background']);
    await lab.kubectl(['delete', 'nodes', '--all']);
    const [, , nodes = []] = largeScene({nodes: NODES, pods: 0});
    await loadObjects(lab.api, [nodes]);
    // Whether a busy machine's controllers call every pod ready in time is no part of this either.
    plugin(lab, 'install', '--yes', '--no-wait');
    await everyAgentIsMapped(lab);
    return work(lab);
  } finally {
    await lab.stop();
  }
}

function plugin(lab: TestLab, ...args: string[]): void {
  const main = join(root, 'plugin', 'main.ts');
  const run = spawnSync(process.execPath, [main, 'agent', ...args, '--kubeconfig', lab.kubeconfigs.admin], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`agent ${args[0]}: ${run.stderr}`);
}

async function everyAgentIsMapped(lab: TestLab): Promise<void> {
  for (;;) {
    const mapped = await lab.kubectl(['get', 'clusterportforwards', '-o', 'name']);
    if (mapped.trim().split('\n').length >= NODES) return;
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

function measured(lab: TestLab): FleetRun {
  const client = join(import.meta.dirname, 'parts', 'fleet-client.ts');
  const run = spawnSync(process.execPath, [client, lab.kubeconfigs.admin, String(SILENCE_MS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error('the client failed');
  // Printed by fleet-client.ts.
  return JSON.parse(run.stdout) as FleetRun;
}

function check(value: unknown, wanted: unknown, what: string): void {
  if (value !== wanted) throw new Error(`${String(value)} ${what}, and not ${String(wanted)}`);
}
