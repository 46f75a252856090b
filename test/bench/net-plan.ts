/** Planning of probes for a large fleet, and judging what came of them: what `net plan` and `net check` do between reading and telling. */
import {seenOf} from '../../src/checks/net/shared/seen.ts';
import {netInputOf} from '../../src/checks/net/shared/input.ts';
import {planProbes} from '../../src/probes/plan.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {fleetOf} from '../helpers/fleet.ts';
import {probedFleet} from '../helpers/probing.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const NODES = isFull ? 5000 : 500;
const SERVICES = isFull ? 2000 : 200;
const RUNS = 5;
const PLAN_MS = 1000;
/** Of a kind of link, for each node. */
const LINKS = 6;

const bounds = new Bounds();
const cluster = fleetOf(NODES, SERVICES);
const plan = planProbes(cluster);
bounds.note('nodes', NODES);
bounds.note('Services', SERVICES);
bounds.note('probes', plan.probes.length);
const [links] = [...Map.groupBy(plan.probes, p => `${p.leg} ${p.from.node}`).values()]
  .map(list => list.length)
  .sort((a, b) => b - a);
bounds.countAtMost('probes of a node and kind', links ?? 0, LINKS);
bounds.atMost(
  'planning',
  timed(() => planProbes(cluster)),
  PLAN_MS,
  ' ms',
);
const snapshot = probedFleet(p => p.fail(({to}) => to.node === 'win-4'), {}, NODES);
const probes = evidenceOf(snapshot, 'probes');
if (!probes.ok) throw new Error(probes.detail);
// Every check takes what was joined once, so a fresh copy each time is what one judgement costs.
bounds.note(
  'judging what links have in common',
  timed(() => seenOf(netInputOf(snapshot, {...probes.value}))),
  ' ms',
);
bounds.conclude();

function timed(run: () => unknown): number {
  run();
  return middle(
    Array.from({length: RUNS}, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    }),
  );
}
