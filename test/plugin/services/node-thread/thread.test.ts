import test from 'ava';
import {loadCapture} from '../../../../src/capture/load.ts';
import {NodeJudge} from '../../../../src/checks/by-node.ts';
import {judge} from '../../../../src/checks/engine.ts';
import type {Judgement} from '../../../../src/checks/engine.ts';
import {CHECKS} from '../../../../src/checks/index.ts';
import type {NodeVisitor} from '../../../../src/node/visitor.ts';
import type {Snapshot} from '../../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../../src/snapshot/snapshot.ts';
import {NodeThread} from '../../../../plugin/services/node-thread/thread.ts';
import type {NodeThreadOptions} from '../../../../plugin/services/node-thread/thread.ts';
import {bundleOf} from '../../../helpers/bundle-folder.ts';
import {filesOf} from '../../../helpers/capture-files.ts';
import {healthyWithAgents} from '../../../helpers/cluster.ts';
import type {TestCluster} from '../../../helpers/cluster.ts';
import {hnsOf, remoteEndpoint} from '../../../helpers/hns-changes.ts';
import {NOW} from '../../../helpers/raw.ts';

const options = {fallbackTime: NOW};
const ALL = new Set(CHECKS.map(({id}) => id));

/** Reads a capture with a thread at hand. */
async function helped(
  cluster: TestCluster,
  {isAllowed = true, ...change}: Partial<NodeThreadOptions> & {isAllowed?: boolean} = {},
): Promise<{judgement: Judgement; snapshot: Snapshot; here: string[]}> {
  const judging = new NodeJudge(CHECKS, 'support');
  const here: string[] = [];
  let api: Snapshot | undefined;
  const thread = new NodeThread({
    setup: () => {
      if (!api) throw new Error('it was started before the API was read');
      return {api, checks: ALL, profile: 'support', wanted: undefined};
    },
    judged: (node, results) => judging.adopt(node, results),
    ...change,
  });
  const visitor: NodeVisitor = {
    letGo: judging.letGo,
    helper: thread,
    begin: read => {
      api = read;
      if (isAllowed) thread.allow();
    },
    node: (name, evidence) => {
      here.push(name);
      if (api) judging.node({...api, evidence: {...api.evidence, ...evidence}}, name);
    },
  };
  try {
    const {snapshot} = await loadCapture(filesOf(bundleOf(cluster)), {...options, visitor});
    return {judgement: judging.judgement(snapshot), snapshot, here};
  } finally {
    await thread.close();
  }
}

async function alone(cluster: TestCluster): Promise<Judgement> {
  const {snapshot} = await loadCapture(filesOf(bundleOf(cluster)), options);
  return judge(snapshot, CHECKS);
}

const podIp = String(healthyWithAgents().get('Pod', 'shop/web-0')['status'].podIP);

/** A backend elsewhere has the address of a pod on win-1. */
function sick(): TestCluster {
  return hnsOf('endpoints', remoteEndpoint(podIp));
}

test('what a thread says of its nodes is what is said of them without it', async t => {
  const {judgement, here} = await helped(sick());
  t.deepEqual(here, [], 'the thread had all of them');
  t.true(judgement.counts.fail > 0);
  t.deepEqual(judgement, await alone(sick()));
});

test('without it nodes are judged where they are read', async t => {
  const {judgement, here} = await helped(sick(), {isAllowed: false});
  t.deepEqual(here, ['win-1', 'win-2']);
  t.deepEqual(judgement, await alone(sick()));
});

test('nodes whose thread died are missing, and say why', async t => {
  const broken = {source: undefined} as unknown as Snapshot;
  const {judgement, snapshot} = await helped(sick(), {
    setup: () => ({api: broken, checks: ALL, profile: 'support', wanted: undefined}),
  });
  const services = evidenceOf(snapshot, 'node.services');
  t.true(services.ok);
  if (services.ok) t.like(services.value.get('win-1'), {ok: false, reason: 'failed'});
  t.true(judgement.gaps.some(gap => /the thread that read it died/.test(gap.detail)));
  t.deepEqual(judgement.problems, []);
});

test('evidence that was kept is there, and what was let go says so', async t => {
  const {snapshot} = await helped(sick());
  const whole = (await loadCapture(filesOf(bundleOf(sick())), options)).snapshot;
  t.deepEqual(evidenceOf(snapshot, 'node.services'), evidenceOf(whole, 'node.services'));
  const endpoints = evidenceOf(snapshot, 'node.hns.endpoints');
  if (endpoints.ok) t.like(endpoints.value.get('win-1'), {ok: false, reason: 'not-requested'});
});
