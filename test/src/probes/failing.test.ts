import test from 'ava';
import {linkFaults} from '../../../src/probes/failing.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import {chooseFor} from '../../../src/probes/sample.ts';
import type {ProbePlan, ProbeResult} from '../../../src/probes/types.ts';
import {dualFleetOf, fleetOf} from '../../helpers/fleet.ts';

/** The network as it is: which node reaches which. Written apart from the plan and from what judges it. */
type Truth = (from: string, to: string) => boolean;

function simulate({probes}: ProbePlan, reaches: Truth): ProbeResult[] {
  return probes.map(({id, from, to}) => {
    const ok = to.node === undefined || to.node === from.node || reaches(from.node, to.node);
    return {
      probe: id,
      ok,
      ...(!ok && {error: 'timed-out' as const}),
      tries: 1,
      lost: ok ? 0 : 1,
      way: 'netns',
      at: '2026-09-01T12:00:00Z',
    };
  });
}

const NODES = 200;
const cluster = fleetOf(NODES);
const names = cluster.nodes.map(n => n.metadata.name);
const planned = planProbes(cluster);
/** Only what goes from node to node: that is what is judged here. */
const plan: ProbePlan = {
  ...planned,
  probes: planned.probes.filter(p => p.leg === 'node-to-pod' || p.leg === 'pod-other-node'),
};
const osOf = (node: string) => node.split('-')[0];
const faultsOf = (reaches: Truth, of = plan) => linkFaults(of, simulate(of, reaches), [osOf]);

test('a network in order has no fault', t => {
  t.deepEqual(
    faultsOf(() => true),
    [],
  );
});

test('an isolated node of 200 is found, as one fault, and no other is named', t => {
  for (const name of names.filter((_, i) => i % 10 === 0)) {
    const faults = faultsOf((from, to) => from !== name && to !== name);
    t.deepEqual(
      faults.map(f => [f.kind, 'node' in f && f.node]),
      [['isolated', name]],
    );
  }
});

test('a node that receives nothing, or sends nothing, is told from one that is isolated', t => {
  const [, name = ''] = names;
  t.like(
    faultsOf((_, to) => to !== name),
    [{kind: 'receives-nothing', node: name}],
  );
  t.like(
    faultsOf(from => from !== name),
    [{kind: 'sends-nothing', node: name}],
  );
});

test('ten isolated nodes are ten faults, whoever tried whom', t => {
  for (let trial = 0; trial < 20; trial++) {
    const dead = new Set(
      chooseFor(
        `dead ${trial}`,
        names.map(name => ({name, groups: []})),
        {count: 10, round: trial},
      ),
    );
    const faults = faultsOf((from, to) => !dead.has(from) && !dead.has(to));
    t.deepEqual(faults.flatMap(f => ('node' in f ? [f.node] : [])).sort(), [...dead].sort());
    t.true(faults.every(f => f.kind === 'isolated'));
  }
});

test('one operating system that does not reach the other is one fault, in its direction', t => {
  t.like(
    faultsOf((from, to) => !(osOf(from) === 'linux' && osOf(to) === 'win')),
    [{kind: 'between-groups', from: 'linux', to: 'win'}],
  );
});

const zoneOf = (node: string) => `zone ${Number(node.split('-')[1]) % 3}`;
const rackOf = (node: string) => `rack ${Math.floor(Number(node.split('-')[1]) / 10)}`;
const isOurs = (node: string): boolean => zoneOf(node) === 'zone 1';

test('a zone that is cut off, in one direction or in both, is one fault with its nodes, even where nothing goes inside it', t => {
  const nodes = names.filter(isOurs).sort();
  for (const [kind, reaches] of [
    ['group-isolated', (from, to) => isOurs(from) === isOurs(to)],
    ['group-isolated', (from, to) => !isOurs(from) && !isOurs(to)],
    ['group-receives-nothing', (from, to) => isOurs(from) || !isOurs(to)],
    ['group-sends-nothing', (from, to) => isOurs(to) || !isOurs(from)],
  ] as const satisfies readonly (readonly [string, Truth])[]) {
    const faults = linkFaults(plan, simulate(plan, reaches), [osOf, zoneOf]);
    t.like(faults, [{kind, group: 'zone 1', nodes}]);
    t.is(faults.length, 1);
  }
});

test('one zone that does not reach one other is told as that, in its direction', t => {
  const faults = linkFaults(
    plan,
    simulate(plan, (from, to) => !(zoneOf(from) === 'zone 0' && zoneOf(to) === 'zone 2')),
    [osOf, zoneOf],
  );
  t.like(faults, [{kind: 'between-groups', from: 'zone 0', to: 'zone 2'}]);
  t.is(faults.length, 1);
});

test('a rack among zones that work is one fault', t => {
  const faults = linkFaults(
    plan,
    simulate(plan, (from, to) => rackOf(from) !== 'rack 7' && rackOf(to) !== 'rack 7'),
    [osOf, zoneOf, rackOf],
  );
  t.like(faults, [{kind: 'group-isolated', group: 'rack 7'}]);
  t.is(faults.length, 1);
});

const dual = planProbes(dualFleetOf(40));
const overIPv6 = new Set(dual.probes.filter(p => p.to.host.includes(':')).map(p => p.id));
/** What fails is of one family only where `alone` is given. */
const dualFaults = (reaches: Truth, alone: boolean) => {
  const all = simulate(dual, () => true);
  const broken = simulate(dual, reaches);
  const results = broken.map((r, i) => (alone && !overIPv6.has(r.probe) ? (all[i] ?? r) : r));
  return linkFaults(dual, results, [osOf]);
};

test('IPv6 that fails alone is told as that, whatever it is that it does not get to', t => {
  t.true(overIPv6.size > 0 && overIPv6.size < dual.probes.length);
  t.like(
    dualFaults((from, to) => from !== 'win-0' && to !== 'win-0', true),
    [{kind: 'isolated', node: 'win-0', only: 'IPv6'}],
  );
  t.like(
    dualFaults((_, to) => to !== 'win-0', true),
    [{kind: 'receives-nothing', node: 'win-0', only: 'IPv6'}],
  );
  t.like(
    dualFaults((from, to) => osOf(from) !== 'linux' || osOf(to) !== 'win', true),
    [{kind: 'between-groups', from: 'linux', to: 'win', only: 'IPv6'}],
  );
});

test('a node that both families do not get to is one fault, of neither family', t => {
  const [fault, ...others] = dualFaults((from, to) => from !== 'win-0' && to !== 'win-0', false);
  t.like(fault, {kind: 'isolated', node: 'win-0'});
  t.false(fault !== undefined && 'only' in fault);
  t.deepEqual(others, []);
});

test('a full plan finds every broken link', t => {
  const small = planProbes(fleetOf(12), {mode: 'full'});
  const nodes = fleetOf(12).nodes.map(n => n.metadata.name);
  for (const from of nodes)
    for (const to of nodes.filter(name => name !== from))
      t.like(
        faultsOf((a, b) => !(a === from && b === to), small),
        [{kind: 'link', from, to}],
      );
});

test('what was not tried is held against nobody', t => {
  const results = simulate(plan, () => false).map(r => ({...r, error: 'gone' as const}));
  t.deepEqual(linkFaults(plan, results), []);
  t.deepEqual(linkFaults(plan, []), []);
});
