import test from 'ava';
import {checklistOf} from '../../../src/probes/checklist.ts';
import {connectionsOf, planProbes} from '../../../src/probes/plan.ts';
import type {Leg, Probe, ProbeResult} from '../../../src/probes/types.ts';
import {dualFleetOf, fleetOf} from '../../helpers/fleet.ts';

const AT = '2026-09-01T12:00:00Z';
const result = (probe: Probe, ok: boolean): ProbeResult => ({
  probe: probe.id,
  ok,
  ...(!ok && {error: 'timed-out' as const}),
  tries: 1,
  lost: ok ? 0 : 1,
  way: 'netns',
  at: AT,
});

/** Probes of a node and kind, as the issue of this feature bounds them. */
const MOST = 6;
const ids = (plan: ReturnType<typeof planProbes>) => plan.probes.map(p => p.id).sort();

test('a fleet is planned the same however its objects are ordered', t => {
  const cluster = fleetOf(20);
  const other = {...cluster, nodes: cluster.nodes.toReversed(), pods: cluster.pods.toReversed()};
  t.deepEqual(ids(planProbes(other)), ids(planProbes(cluster)));
});

test('every probe is there once, and no node starts more than six of a kind, nor is the end of more', t => {
  const {probes, gaps, chanceToMiss} = planProbes(fleetOf(200));
  t.is(new Set(probes.map(p => p.id)).size, probes.length);
  t.deepEqual(gaps, []);
  const links = new Set(probes.filter(p => p.leg === 'host').map(p => `${p.from.node} ${p.to.node ?? ''}`));
  t.is(chanceToMiss, 1 - links.size / (200 * 199));
  for (const [key, list] of Map.groupBy(probes, p => `${p.leg} ${p.from.node}`))
    t.true(list.length <= MOST, `${key}: ${list.length}`);
  for (const leg of ['pod-other-node', 'node-to-pod']) {
    for (const end of ['from', 'to'] as const) {
      const byNode = Map.groupBy(
        probes.filter(p => p.leg === leg),
        p => p[end].node,
      );
      t.is(byNode.size, 200);
      for (const [node, list] of byNode)
        t.true(list.length >= 4 && list.length <= MOST, `${leg} ${end} ${node ?? ''}`);
    }
  }
});

test('names are completed from a pod that has the suffixes of the cluster, which CoreDNS itself has not', t => {
  const cluster = fleetOf(4);
  const shortFrom = (pods: typeof cluster.pods) =>
    planProbes({...cluster, pods}).probes.flatMap(p => (p.leg === 'short-name' ? p.from.node : []));
  const byNode = Map.groupBy(cluster.pods, p => p.nodeName);
  const ofNode = (pod: (typeof cluster.pods)[number], policy: string) => ({
    ...pod,
    spec: {...pod.spec, dnsPolicy: policy},
  });
  const all = cluster.pods.map(p => ofNode(p, 'Default'));
  t.deepEqual(shortFrom(all), []);
  // One pod of each node is enough, whichever it is.
  const last = new Set([...byNode.values()].map(pods => pods.at(-1)));
  const some = cluster.pods.map(p => ofNode(p, last.has(p) ? 'ClusterFirst' : 'Default'));
  t.is(new Set(shortFrom(some)).size, 4);
});

test('the legs of the guide are all there, from both operating systems', t => {
  const {probes} = planProbes(fleetOf(20), {
    targets: [{host: 'example.test', port: 443, protocol: 'https'}],
  });
  const legs: Leg[] = [
    'node-to-pod',
    'pod-same-node',
    'pod-other-node',
    'cluster-ip',
    'host-cluster-ip',
    'backend',
    'full-name',
    'short-name',
    'dns-vip',
    'dns-backend',
    'api-server',
    'outbound',
  ];
  for (const leg of legs)
    t.deepEqual(
      [...new Set(probes.filter(p => p.leg === leg).map(p => p.from.os))].sort(),
      ['linux', 'windows'],
      leg,
    );
  t.true(probes.filter(p => p.leg === 'node-port').every(p => p.from.os === 'linux'));
});

test('nothing outside of the cluster is tried without being named', t => {
  t.false(planProbes(fleetOf(20)).probes.some(p => p.leg === 'outbound'));
});

test('a virtual IP is tried with a backend of it, so that the broken leg shows', t => {
  const {probes} = planProbes(fleetOf(20));
  for (const vip of probes.filter(p => p.leg === 'cluster-ip'))
    t.true(probes.some(p => p.leg === 'backend' && p.from.node === vip.from.node));
});

test('a Windows host that tries a Service is said to fail by design', t => {
  const {probes} = planProbes(fleetOf(20));
  const hosts = probes.filter(p => p.leg === 'host-cluster-ip');
  t.true(hosts.length > 0);
  for (const {from, byDesign} of hosts) t.is(byDesign, from.os === 'windows' ? true : undefined);
});

test('both families of a dual-stack cluster are tried', t => {
  const plan = planProbes(dualFleetOf(4, 1));
  for (const leg of ['pod-other-node', 'node-to-pod', 'pod-same-node', 'cluster-ip', 'backend', 'dns-vip']) {
    const families = plan.probes.filter(p => p.leg === leg).map(p => p.to.host.includes(':'));
    t.is(new Set(families).size, 2, leg);
  }
});

test('names of Services without an address are asked for', t => {
  const cluster = fleetOf(4);
  const headless = cluster.services.map(s =>
    s.metadata.name === 'web-1' ? {...s, spec: {...s.spec, clusterIP: 'None'}} : s,
  );
  const {probes} = planProbes({...cluster, services: headless});
  const asked = probes.filter(p => p.leg === 'headless-name');
  t.is(asked.length, 4);
  t.true(asked.every(p => p.query === 'web-1.shop.svc.cluster.local'));
});

test('a coverage is met', t => {
  t.true(planProbes(fleetOf(30), {coverage: 0.9}).chanceToMiss <= 0.1);
  t.is(planProbes(fleetOf(8), {coverage: 1}).chanceToMiss, 0);
});

test('of chosen nodes everything that starts or ends there is tried', t => {
  const all = planProbes(fleetOf(10)).probes;
  const {probes} = planProbes(fleetOf(10), {nodes: new Set(['win-2'])});
  t.deepEqual(
    probes,
    all.filter(p => p.from.node === 'win-2' || p.to.node === 'win-2'),
  );
  t.true(probes.length > 0 && probes.length < all.length);
});

test('loss is measured by several tries, by more of them in full', t => {
  for (const [mode, tries] of [['quick', 3] as const, ['full', 10] as const]) {
    const {probes} = planProbes(fleetOf(4), {mode});
    t.is(probes.find(p => p.leg === 'pod-other-node')?.tries, tries);
  }
  const plan = planProbes(fleetOf(4));
  t.true(connectionsOf(plan) > plan.probes.length);
});

test('full means that all try all', t => {
  const {probes, chanceToMiss} = planProbes(fleetOf(8), {mode: 'full'});
  t.is(chanceToMiss, 0);
  t.is(probes.filter(p => p.leg === 'node-to-pod').length, 8 * 7);
});

test('what cannot be tried is named', t => {
  const cluster = fleetOf(4);
  const {probes, gaps} = planProbes({...cluster, pods: [], slices: []});
  t.true(probes.every(p => p.leg === 'host'));
  t.deepEqual([...new Set(gaps.map(g => g.leg))].sort(), ['cluster-ip', 'pod-other-node']);
  t.deepEqual(planProbes({nodes: [], pods: [], services: [], slices: [], runtimeClasses: []}).probes, []);
});

test('pods under Hyper-V isolation, whose network no process of the host can enter, start nothing', t => {
  const cluster = fleetOf(4);
  const isolated = {
    ...cluster,
    pods: cluster.pods.map(p => ({...p, spec: {...p.spec, runtimeClassName: 'isolated'}})),
    runtimeClasses: [
      {
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass' as const,
        metadata: {name: 'isolated'},
        handler: 'runhcs-wcow-hypervisor',
      },
    ],
  };
  t.true(planProbes(isolated).probes.every(p => p.from.pod === undefined));
});

test('the checklist answers in the order of the guide', t => {
  const plan = planProbes(fleetOf(10));
  const outcomes = checklistOf(
    plan,
    plan.probes.map(p => result(p, p.leg !== 'node-port' && !p.byDesign)),
  );
  t.deepEqual(
    outcomes.map(o => [o.step.id, o.state]),
    [
      ['node-to-pod', 'works'],
      ['pod-to-pod', 'works'],
      ['service-to-pod', 'works'],
      ['service-discovery', 'works'],
      ['inbound', 'fails'],
      ['outbound', 'not-tried'],
    ],
  );
  t.is(
    outcomes.find(o => o.step.id === 'service-to-pod')?.byDesign,
    plan.probes.filter(p => p.byDesign && p.leg === 'host-cluster-ip').length,
  );
});

test('a step without results, or whose probes were refused, was not tried', t => {
  const plan = planProbes(fleetOf(10));
  t.true(checklistOf(plan, []).every(o => o.state === 'not-tried'));
  const refused = plan.probes.map(p => ({...result(p, false), error: 'not-allowed' as const}));
  t.true(checklistOf(plan, refused).every(o => o.state === 'not-tried' && o.failed === 0));
});

test('thousands of Services that nothing serves are left out, and what is served is planned as ever', t => {
  const cluster = fleetOf(20);
  const [service] = cluster.services;
  if (!service) throw new Error('no Service');
  const idle = Array.from({length: 5000}, (_, i) => ({
    ...service,
    metadata: {namespace: 'idle', name: `idle-${i}`},
    spec: {...service.spec, clusterIP: i % 2 === 0 ? `10.97.${i >> 8}.${i % 256}` : 'None'},
  }));
  const services = [...idle, ...cluster.services];
  t.deepEqual(planProbes({...cluster, services}), planProbes(cluster));
});
