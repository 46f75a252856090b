import test from 'ava';
import type {BundleDiff, ChangeItem} from '../../../src/bundle-diff/change.ts';
import type {Captured} from '../../../src/bundle-diff/captured.ts';
import {capturedOf} from '../../../src/bundle-diff/captured.ts';
import {diffCaptures} from '../../../src/bundle-diff/diff.ts';
import {foundIn} from '../../../src/bundle-diff/findings.ts';
import {FactPool, nodeFacts} from '../../../src/bundle-diff/nodes.ts';
import {renderDiff} from '../../../src/bundle-diff/text.ts';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {schemaErrors} from '../../helpers/schemas.ts';

const pool = new FactPool();

function captured(cluster: TestCluster): Captured {
  const snapshot = cluster.snapshot('capture');
  const windows = ['win-1', 'win-2'];
  return capturedOf(
    snapshot,
    foundIn(judge(snapshot, CHECKS), bundleLocator(snapshot)),
    new Map(windows.map(name => [name, nodeFacts(snapshot, name, pool)])),
  );
}

const diff = (before: TestCluster, after: TestCluster): BundleDiff =>
  diffCaptures(captured(before), captured(after));

/** An item in one line. */
const line = ({section, change, what, field, before, after, subjects}: ChangeItem): string =>
  [section, change, what, field, before, after, subjects.map(s => s.name).join()]
    .map(v => v ?? '-')
    .join(' ');

test('a cluster does not differ from itself', t => {
  const {findings, items, unknown} = diff(healthyWithAgents(), healthyWithAgents());
  t.deepEqual(items, []);
  t.deepEqual(unknown, []);
  t.true(findings.every(f => f.change === 'still'));
});

test('versions are told apart from state, alike changes are one item', t => {
  const after = healthyWithAgents()
    .version('v1.36.0')
    .changeAll('Node', node => {
      node.status.nodeInfo.kubeletVersion = 'v1.36.0';
    })
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.containers[0].image = 'example.com/web:2';
    })
    .change('Deployment', 'shop/web', web => {
      web['spec'].replicas = 5;
    });
  for (const name of ['win-1', 'win-2'])
    after.onNode(name, n => n.change('cri/version.json', cri => (cri.runtimeVersion = 'v2.3.0')));
  const {items} = diff(healthyWithAgents(), after);
  const lines = items.map(line);
  t.true(lines.includes('version changed Kubernetes - v1.35.4 v1.36.0 test'));
  t.true(lines.includes('version changed kubelet - v1.35.4 v1.36.0 linux-0,win-1,win-2'));
  t.true(
    lines.some(l => /^version changed containerd - \S+ 2\.3\.0 win-1,win-2$/.test(l)),
    lines.join('\n'),
  );
  t.true(
    lines.some(l =>
      /^version changed image of Deployment, container \S+ - \S+ example\.com\/web:2 web$/.test(l),
    ),
  );
  t.true(lines.some(l => /^state changed Deployment spec\.replicas \d 5 web$/.test(l)));
});

test('objects that came, went or were made anew are told, pods by what they belong to', t => {
  const after = healthyWithAgents()
    .remove('RuntimeClass', 'windows-2022')
    .change('Service', 'shop/web', web => {
      web.metadata.uid = 'another';
    })
    .add({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'new'}, status: {phase: 'Active'}})
    .changeAll('Pod', pod => {
      if (pod.metadata.name !== 'web-0') return;
      pod.status.conditions = [{type: 'Ready', status: 'False'}];
      pod.status.containerStatuses = [{name: 'c', state: {waiting: {reason: 'CrashLoopBackOff'}}}];
    });
  const lines = diff(healthyWithAgents(), after).items.map(line);
  t.true(lines.includes('state removed RuntimeClass - - - windows-2022'));
  t.true(lines.includes('state added Namespace - - - new'));
  t.true(lines.includes('state changed Service made anew no yes web'));
  t.true(
    lines.includes('state changed Deployment pods 2 ready 1 CrashLoopBackOff, 1 ready web'),
    lines.join('\n'),
  );
});

test('what HNS of a node has otherwise is told by node', t => {
  const after = healthyWithAgents().onNode('win-2', n => {
    for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json'])
      n.change(file, all => all.pop());
    n.change('services.json', services => (services[0].state = 'Stopped'));
  });
  const {items} = diff(healthyWithAgents(), after);
  const hns = items.filter(i => i.section === 'hns').map(line);
  t.true(
    hns.some(l => /^hns removed load balancer 10\.96\.\S+ - - - win-2$/.test(l)),
    hns.join('\n'),
  );
  t.true(items.map(line).some(l => /^state changed service \S+ state Running Stopped win-2$/.test(l)));
});

const down = (...names: string[]): TestCluster => {
  const cluster = healthyWithAgents();
  for (const name of names)
    cluster.change('Node', name, node => {
      for (const c of node['status'].conditions) if (c.type === 'Ready') c.status = 'False';
    });
  return cluster;
};

const nodOf = (before: TestCluster, after: TestCluster) =>
  diff(before, after).findings.find(f => f.id === 'NOD001');

test('findings are new, gone, worse or still, with their subjects', t => {
  t.like(nodOf(down(), down('win-1')), {change: 'new', before: 0, after: 1, addedCount: 1});
  t.like(nodOf(down('win-1'), down('win-1', 'win-2')), {
    change: 'worse',
    before: 1,
    after: 2,
    added: [{kind: 'Node', name: 'win-2'}],
  });
  t.like(nodOf(down('win-1'), down('win-2')), {change: 'still', addedCount: 1, removedCount: 1});
  t.like(nodOf(down('win-1'), down()), {change: 'gone', removedCount: 1});
});

const stopped = (...names: string[]): TestCluster => {
  const cluster = healthyWithAgents();
  for (const name of names)
    cluster.onNode(name, n =>
      n.change('services.json', services => {
        for (const service of services) service.state = 'Stopped';
      }),
    );
  return cluster;
};

const lost = (cluster: TestCluster, name: string): TestCluster =>
  cluster.onNode(name, n => n.lost('timeout', 'no answer in 15 s'));

test('what the later one cannot tell of is neither gone nor better', t => {
  const ids = new Set(
    diff(stopped('win-1', 'win-2'), healthyWithAgents())
      .findings.filter(f => f.change === 'gone')
      .map(f => f.id),
  );
  t.true(ids.size > 0);
  const none = diff(stopped('win-2'), lost(healthyWithAgents(), 'win-2'));
  const fewer = diff(stopped('win-1', 'win-2'), lost(stopped('win-1'), 'win-2'));
  const better = diff(stopped('win-1', 'win-2'), stopped('win-1'));
  for (const id of ids) {
    const of = ({findings}: BundleDiff) => findings.find(f => f.id === id);
    t.like(of(none), {change: 'unseen', after: 0, removedCount: 1, unseenCount: 1}, id);
    t.like(of(fewer), {change: 'unseen', before: 2, after: 1, unseenCount: 1}, id);
    t.like(of(better), {change: 'better', before: 2, after: 1, unseenCount: 0}, id);
  }
  t.regex(
    renderDiff(fewer, PLAIN),
    /\n {2}unseen .* \(2 → 1\)\n {19}not known of Node win-2: the later one /,
  );
  t.deepEqual(schemaErrors('bundle-diff', JSON.parse(JSON.stringify(fewer))), []);
});

test('what one of the two lacks is no change, and told', t => {
  const half = healthyWithAgents()
    .without('services')
    .onNode('win-2', n => n.lost('timeout', 'no answer in 15 s'));
  for (const [found, side] of [
    [diff(half, healthyWithAgents()), 'before'],
    [diff(healthyWithAgents(), half), 'after'],
  ] as const) {
    t.deepEqual(
      found.items.filter(i => i.section === 'hns' || i.what === 'Service'),
      [],
    );
    t.true(found.unknown.some(g => g.evidence === 'services' && g.in === side && g.reason === 'denied'));
    t.like(
      found.unknown.find(g => g.evidence === 'load balancer'),
      {in: side, reason: 'timeout', subjectCount: 1},
    );
  }
  t.deepEqual(diff(healthy(), healthy()).unknown, []);
});

test('it keeps to its schema, and reads as text', t => {
  const after = healthyWithAgents().remove('RuntimeClass', 'windows-2022').without('leases');
  const found = diff(healthyWithAgents(), after);
  t.deepEqual(schemaErrors('bundle-diff', JSON.parse(JSON.stringify(found))), []);
  t.regex(renderDiff(found, PLAIN), /\nState: 1 change\n {2}- RuntimeClass windows-2022\n/);
  t.regex(renderDiff(found, PLAIN), /\nHNS: no change in what both show\n/);
});

const fleet = (kubelet: string, own: string): TestCluster => {
  const cluster = healthy();
  for (let i = 0; i < 1000; i++) {
    const node = structuredClone(cluster.get('Node', 'win-1'));
    node.metadata.name = `many-${i}`;
    node['status'].nodeInfo.kubeletVersion = kubelet;
    node.metadata['labels'].own = `${own}-${i}`;
    cluster.add(node);
  }
  return cluster;
};

test('at a thousand nodes it stays a page: own values are merged, subjects are cut', t => {
  const found = diff(fleet('v1.35.4', 'a'), fleet('v1.36.0', 'b'));
  const kubelet = found.items.find(i => i.what === 'kubelet');
  t.like(kubelet, {subjectCount: 1000, variants: 1});
  t.is(kubelet?.subjects.length, 50);
  t.like(
    found.items.find(i => i.field === 'metadata.labels.own'),
    {subjectCount: 1000, variants: 1000},
  );
  t.true(renderDiff(found, PLAIN).split('\n').length < 60);
});
