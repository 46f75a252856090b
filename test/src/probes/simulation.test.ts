import test from 'ava';
import {linkFaults} from '../../../src/probes/failing.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import type {ProbePlan, ProbeResult} from '../../../src/probes/types.ts';
import {fleetOf} from '../../helpers/fleet.ts';
import {Network, dice} from '../../helpers/probes/network-model.ts';
import type {Harm} from '../../helpers/probes/network-model.ts';

/** A tenth of the proof by default, all of it with `KUBECTL_WIN_FULL=1`. */
const TRIALS = process.env['KUBECTL_WIN_FULL'] === '1' ? 10_000 : 1000;
const NODES = 200;
/** Of the nodes of a trial at most so many fail. */
const MOST_FAILING = 5;
/** Each is drawn anew, as the chance to miss is one over draws; trials take them in turn. */
const PLANS = 20;
/** A right bound is crossed once in 16,000 runs. */
const DEVIATIONS = 4;

const cluster = fleetOf(NODES);
const names = cluster.nodes.map(n => n.metadata.name);
const plans = Array.from({length: PLANS}, (_, round) => linksOnly(planProbes(cluster, {round})));
const HARMS: readonly Harm[] = ['isolated', 'receives-nothing', 'sends-nothing'];

test(`in ${TRIALS} networks of ${NODES} nodes every failing node is found and no other is named, and a broken link as often as was said`, t => {
  const roll = dice(NODES);
  let found = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const plan = plans[trial % PLANS];
    if (!plan) continue;
    const [from = '', to = '', ...others] = shuffled(names, roll, 2 + MOST_FAILING);
    const harmed = others
      .slice(0, roll(MOST_FAILING + 1))
      .map(node => [node, HARMS[roll(HARMS.length)] ?? 'isolated'] as const);
    const network = new Network(harmed, [[from, to]]);
    const faults = linkFaults(plan, answersOf(plan, network));
    const nodes = faults.flatMap(f => ('node' in f ? [`${f.node} ${f.kind}`] : []));
    t.deepEqual(nodes.sort(), harmed.map(pair => pair.join(' ')).sort(), `trial ${trial}`);
    const rest = faults.filter(f => !('node' in f));
    if (rest.length > 0) found++;
    if (rest.length > 0) t.like(rest, [{kind: 'link', from, to}], `trial ${trial}`);
  }
  const chance = 1 - (plans[0]?.chanceToMiss ?? 0);
  const deviation = Math.sqrt(TRIALS * chance * (1 - chance));
  t.true(
    Math.abs(found - TRIALS * chance) < DEVIATIONS * deviation,
    `${found} of ${TRIALS} broken links were found; a chance of ${chance} was told`,
  );
});

test('a coverage that was asked for is kept', t => {
  const [nodes, coverage, trials] = [30, 0.9, TRIALS];
  const small = fleetOf(nodes);
  const own = small.nodes.map(n => n.metadata.name);
  const drawn = Array.from({length: PLANS}, (_, round) => linksOnly(planProbes(small, {round, coverage})));
  const roll = dice(nodes);
  let found = 0;
  for (let trial = 0; trial < trials; trial++) {
    const plan = drawn[trial % PLANS];
    const [from = '', to = ''] = shuffled(own, roll, 2);
    if (plan && linkFaults(plan, answersOf(plan, new Network([], [[from, to]]))).length > 0) found++;
  }
  const deviation = Math.sqrt(trials * coverage * (1 - coverage));
  t.true(found > trials * coverage - DEVIATIONS * deviation, `${found} of ${trials}`);
});

/** What goes from node to node: that is what is judged here. */
function linksOnly(plan: ProbePlan): ProbePlan {
  return {...plan, probes: plan.probes.filter(p => p.leg === 'node-to-pod' || p.leg === 'pod-other-node')};
}

function answersOf({probes}: ProbePlan, network: Network): ProbeResult[] {
  return probes.map(({id, from, to}) => {
    const ok = network.carries(from.node, to.node ?? '');
    const facts = {probe: id, ok, tries: 1, lost: ok ? 0 : 1, way: 'netns', at: ''} as const;
    return ok ? facts : {...facts, error: 'timed-out'};
  });
}

/** The first few of the names in an order at random. */
function shuffled(all: readonly string[], roll: (sides: number) => number, count: number): string[] {
  const rest = [...all];
  return Array.from({length: count}, () => rest.splice(roll(rest.length), 1)[0] ?? '');
}
