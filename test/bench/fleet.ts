/**
 * A snapshot of a whole fleet through the real API server: 1,000 nodes of 1 MB each; then again with two of a hundred
 * hanging, one dying in mid-answer and one refusing.
 */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {faultOf, numberOf} from '../lab/agents/crowd-pods.ts';
import type {TestLab} from '../lab/lab.ts';
import {withCrowd} from './parts/crowd-lab.ts';
import type {FleetRun} from './parts/fleet-client.ts';
import {Bounds, isFull} from './parts/measure.ts';

const NODES = isFull ? 1000 : 100;
/** Shorter than the plugin's own, so that a smoke run is over soon; what is proved is that it is paid once. */
const SILENCE_MS = isFull ? 20_000 : 5000;
const MB = 1e6;
const bounds = new Bounds();

const healthy = await withCrowd({nodes: NODES, faults: false}, measured);
check(healthy.nodes, NODES, 'nodes were asked');
check(Object.keys(healthy.lost).length, 0, 'nodes are lost');
bounds.note('read', healthy.bytes / MB, ' MB');
bounds.atMost(`snapshot of ${NODES} nodes`, healthy.ms / 1000, isFull ? 60 : 15, ' s');
bounds.atMost('peak memory of the plugin', healthy.peak / MB, 400, ' MB');

const sick = await withCrowd({nodes: NODES, faults: true}, measured);
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
