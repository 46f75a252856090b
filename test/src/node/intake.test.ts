import test from 'ava';
import {NodeIntake} from '../../../src/node/intake.ts';
import {onNode} from '../../../src/node/on-node.ts';
import {SnapshotAssembler} from '../../../src/snapshot/assemble.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import type {EvidenceKey, Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {NodeKey} from '../../../src/node/evidence.ts';
import {healthyNode} from '../../helpers/healthy-node.ts';
import {TestNode} from '../../helpers/node-files.ts';
import {NOW} from '../../helpers/raw.ts';

function snapshotOf(nodes: readonly TestNode[], wanted?: ReadonlySet<EvidenceKey>): Snapshot {
  const intake = new NodeIntake(wanted);
  for (const node of nodes) node.sendTo(intake);
  const assembler = new SnapshotAssembler();
  intake.into(assembler);
  return assembler.build({kind: 'cluster', name: 'test', collectedAt: NOW});
}

function on(snapshot: Snapshot, key: NodeKey, node = 'win-1') {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? onNode<unknown>({ok: true, value: evidence.value}, node) : evidence;
}

test('a node in order gives every kind of evidence, whole', t => {
  const snapshot = snapshotOf([healthyNode('win-1')]);
  for (const key of [
    'node.services',
    'node.cri.images',
    'node.eventlog',
    'node.hns',
    'node.hns.networks',
    'node.hns.endpoints',
    'node.hns.namespaces',
    'node.hns.loadbalancers',
    'node.hns.sdnroutes',
    'node.agent',
    'node.net.adapters',
    'node.net.routes',
    'node.tasks',
    'node.vfp',
    'node.logmonitor',
  ] as const) {
    const found = on(snapshot, key);
    t.true(found.ok && found.partial === undefined, key);
  }
  t.like(on(snapshot, 'node.cri.images'), {
    ok: true,
    value: [{repoTags: ['registry.k8s.io/pause:3.10.1'], size: 310_000_000, osVersion: '10.0.20348.4171'}],
  });
});

test('without any node nobody was asked', t => {
  t.like(on(snapshotOf([]), 'node.services'), {ok: false, reason: 'not-requested'});
});

test('a node that no agent was asked about is not requested', t => {
  t.like(on(snapshotOf([healthyNode('win-1')]), 'node.services', 'win-9'), {
    ok: false,
    reason: 'not-requested',
  });
});

test('what a node could not collect keeps its reason, and costs nothing else', t => {
  const snapshot = snapshotOf([healthyNode('win-1').without('services.json', 'denied', 'no right')]);
  t.deepEqual(on(snapshot, 'node.services'), {ok: false, reason: 'denied', detail: 'no right'});
  t.true(on(snapshot, 'node.system').ok);
  t.like(on(snapshot, 'node.collection'), {value: [{key: 'services', missing: {reason: 'denied'}}]});
});

test('a file of which a part came is partial', t => {
  const snapshot = snapshotOf([healthyNode('win-1').partly('cri/status.json').partly('cri/images.json')]);
  t.like(on(snapshot, 'node.cri.status'), {ok: true, partial: {reason: 'timeout'}});
  const images = on(snapshot, 'node.cri.images');
  t.true(images.ok && images.partial === undefined, 'each image says by itself what is not known');
});

test('a lost node lacks everything for that reason, and how it was tried stays known', t => {
  const snapshot = snapshotOf([healthyNode('win-1').lost('timeout', 'no answer in 10 s')]);
  t.deepEqual(on(snapshot, 'node.services'), {
    ok: false,
    reason: 'timeout',
    detail: 'port-forward: no answer in 10 s',
  });
  t.like(on(snapshot, 'node.agent'), {ok: true, value: {reached: false}});
});

test('a node that dies half-way keeps the files that came', t => {
  const intake = new NodeIntake();
  new TestNode('win-1', 'windows', {'services.json': [{name: 'hns', state: 'Running'}]}).sendTo(intake);
  intake.lost('win-1', missing('failed', 'the connection broke'));
  const assembler = new SnapshotAssembler();
  intake.into(assembler);
  const snapshot = assembler.build({kind: 'cluster', name: 'test', collectedAt: NOW});
  t.deepEqual(on(snapshot, 'node.services'), {ok: true, value: [{name: 'hns', state: 'Running', index: 0}]});
  t.deepEqual(on(snapshot, 'node.system'), {ok: false, reason: 'failed', detail: 'the connection broke'});
});

test('one channel that could not be read does not spoil the others', t => {
  const snapshot = snapshotOf([
    healthyNode('win-1').without('eventlog/EKS.xml', 'unsupported', 'no such channel'),
  ]);
  const found = on(snapshot, 'node.eventlog');
  t.true(found.ok && found.partial === undefined);
  t.like(found, {value: {channels: {3: {channel: 'EKS', gap: {reason: 'unsupported'}}}}});
});

test('a collector that failed as a whole is missing', t => {
  const intake = new NodeIntake();
  intake.expect('win-1', 'windows');
  const facts = {tookMs: 1, at: NOW, source: 'test'};
  intake.take('win-1', {ok: false, key: 'eventlog', reason: 'timeout', detail: 'wevtutil hangs', ...facts});
  const assembler = new SnapshotAssembler();
  intake.into(assembler);
  const snapshot = assembler.build({kind: 'cluster', name: 'test', collectedAt: NOW});
  t.deepEqual(on(snapshot, 'node.eventlog'), {ok: false, reason: 'timeout', detail: 'wevtutil hangs'});
});

test('only what was asked for is read', t => {
  const snapshot = snapshotOf([healthyNode('win-1')], new Set<EvidenceKey>(['node.services']));
  t.true(on(snapshot, 'node.services').ok);
  t.like(on(snapshot, 'node.cri.images'), {ok: false, reason: 'not-requested'});
});

test('a Linux node has nothing of HNS', t => {
  const snapshot = snapshotOf([new TestNode('linux-0', 'linux', {'services.json': []})]);
  t.like(on(snapshot, 'node.hns', 'linux-0'), {ok: false, reason: 'unsupported'});
  t.true(on(snapshot, 'node.services', 'linux-0').ok);
});

test('a file of VFP or of LogMonitor that is cut or missing spoils no other', t => {
  const node = healthyNode('win-1').set('vfp/1-rules.json', '{"Layers": [').without('vfp/2-rules.json');
  t.like(on(snapshotOf([node]), 'node.vfp'), {
    partial: undefined,
    value: {
      ports: [{kind: 'external'}, {kind: 'host'}, {kind: 'pod'}],
      missing: [{key: 'vfp.1-rules', gap: {reason: 'failed'}}, {key: 'vfp.2-rules'}],
    },
  });
  const cut = healthyNode('win-1')
    .set('logmonitor/a_b_c.json', '[]')
    .partly('logmonitor/shop_web-0_iis.json');
  t.like(on(snapshotOf([cut]), 'node.logmonitor'), {
    value: {
      containers: [{container: 'iis', runs: 'entrypoint', version: '2.1.3.0'}],
      missing: [{key: 'logmonitor.shop_web-0_iis', gap: {reason: 'timeout'}}, {key: 'logmonitor.a_b_c'}],
    },
  });
});

test('an agent that sent nothing of LogMonitor found none, and one that was lost did not look', t => {
  const node = healthyNode('win-1').remove('logmonitor/shop_web-0_iis.json');
  t.deepEqual(on(snapshotOf([node]), 'node.logmonitor'), {ok: true, value: {containers: [], missing: []}});
  t.like(on(snapshotOf([healthyNode('win-1').lost()]), 'node.logmonitor'), {ok: false, reason: 'timeout'});
  const whole = healthyNode('win-1').without('logmonitor', 'failed', 'no runtime');
  t.like(on(snapshotOf([whole]), 'node.logmonitor'), {ok: true, partial: {detail: 'no runtime'}});
});
