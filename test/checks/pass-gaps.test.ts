import test from 'ava';
import {defineCheck, fail, pass, ref} from '../../src/checks/define.ts';
import {eachNode} from '../../src/checks/each-node.ts';
import {judge} from '../../src/checks/engine.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {scopeSnapshot} from '../../src/snapshot/scope.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../helpers/cluster.ts';
import type {TestNode} from '../helpers/node-files.ts';

const docs = {what: '', why: '', fix: [], links: []};

const ofNodes = defineCheck({
  id: 'NOD001',
  name: 'n',
  severity: 'error',
  since: '0',
  title: '',
  evidence: ['A', 'N'],
  needs: ['nodes'],
  passNeeds: ['node.services'],
  docs,
  *run({nodes}) {
    for (const node of nodes) if (node.status.nodeInfo?.operatingSystem === 'windows') yield pass(node);
  },
});

const ofWorkloads = defineCheck({
  id: 'KBL001',
  name: 'n',
  severity: 'error',
  since: '0',
  title: '',
  evidence: ['A', 'N'],
  needs: ['workloads'],
  passNeeds: ['node.services'],
  docs,
  *run({workloads}) {
    for (const {owner} of workloads)
      if (owner.metadata.name === 'web' || owner.metadata.name === 'coredns') yield pass(owner);
  },
});

const onEachNode = defineCheck({
  id: 'NOD010',
  name: 'n',
  severity: 'error',
  since: '0',
  title: '',
  evidence: ['N'],
  needs: ['nodes', 'node.services'],
  docs,
  *run(input) {
    yield* eachNode(input, ['node.services'], function* ({node, facts, at}) {
      const hns = facts['node.services'].find(s => s.name === 'hns');
      if (hns?.state === 'Running') yield pass(node);
      else
        yield fail(node, {
          cause: '',
          message: '',
          evidence: [at('services.json', `/${hns?.index}/state`, hns?.state)],
        });
    });
  },
});

/** A list of services that breaks off. */
const cut = (node: TestNode): TestNode =>
  node.partly('services.json').set('services.json', JSON.stringify(node.get('services.json')).slice(0, -1));

function run(cluster: TestCluster, check: typeof ofNodes): Judgement {
  return judge(cluster.snapshot(), [check]);
}

const gaps = ({gaps: all}: Judgement) => all.map(g => [g.evidence, g.reason, g.subjects.map(s => s.name)]);

test('without any agent no A N check passes', t => {
  t.deepEqual(gaps(run(healthy(), ofNodes)), [['node.services', 'not-requested', ['win-1', 'win-2']]]);
});

test('a node passes by its own evidence, whatever is missing of another', t => {
  const judgement = run(
    healthyWithAgents().onNode('win-2', n => n.lost()),
    ofNodes,
  );
  t.is(judgement.counts.pass, 1);
  t.deepEqual(gaps(judgement), [['node.services', 'timeout', ['win-2']]]);
});

test('a workload passes by the evidence of the Windows nodes that its pods sit on', t => {
  t.is(run(healthyWithAgents(), ofWorkloads).counts.pass, 2);
  const judgement = run(
    healthyWithAgents().onNode('win-2', n => n.without('services.json')),
    ofWorkloads,
  );
  t.deepEqual(gaps(judgement), [['node.services', 'denied', ['web']]]);
  t.is(judgement.counts.pass, 1, 'CoreDNS sits on Linux');
});

test('a part of a node is no pass', t => {
  t.deepEqual(
    gaps(
      run(
        healthyWithAgents().onNode('win-1', n => cut(n)),
        ofNodes,
      ),
    ),
    [['node.services', 'timeout', ['win-1']]],
  );
});

test('node checks judge each node by its own evidence', t => {
  t.is(run(healthyWithAgents(), onEachNode).counts.pass, 2);
  const stopped = healthyWithAgents().onNode('win-1', n =>
    n.change('services.json', s => (s[2].state = 'Stopped')),
  );
  const judgement = run(stopped, onEachNode);
  t.is(judgement.counts.pass, 1);
  t.is(judgement.counts.fail, 1);
  t.deepEqual(
    gaps(
      run(
        healthyWithAgents().onNode('win-1', n => n.without('services.json')),
        onEachNode,
      ),
    ),
    [['node.services', 'denied', ['win-1']]],
  );
});

test('of a part of the evidence a node check takes faults, but no pass', t => {
  const cluster = healthyWithAgents()
    .onNode('win-1', n => cut(n.change('services.json', s => (s[2].state = 'Stopped'))))
    .onNode('win-2', n => cut(n));
  const judgement = run(cluster, onEachNode);
  t.is(judgement.counts.fail, 1);
  t.is(judgement.counts.pass, 0);
  t.deepEqual(gaps(judgement), [['node.services', 'timeout', ['win-2']]]);
});

test('a node check without agents says once what it could not see', t => {
  t.deepEqual(gaps(run(healthy(), onEachNode)), [['node.services', 'not-requested', []]]);
});

test('nodes that were not chosen are not judged', t => {
  const snapshot = scopeSnapshot(
    healthyWithAgents()
      .onNode('win-2', n => n.lost())
      .snapshot(),
    {nodes: ['win-1']},
  );
  const judgement = judge(snapshot, [onEachNode]);
  t.is(judgement.counts.pass, 1);
  t.deepEqual(gaps(judgement), [['nodes', 'not-requested', []]]);
});

test('a fact of the API is still one of the API', t => {
  const node = healthy().get('Node', 'win-1');
  t.is(ref(node, '/metadata').object, node);
});
