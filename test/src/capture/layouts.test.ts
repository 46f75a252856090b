import test from 'ava';
import {isNodeKey} from '../../../src/node/evidence.ts';
import {loadCapture} from '../../../src/capture/load.ts';
import type {LayoutId} from '../../../src/capture/layout.ts';
import type {LoadedCapture} from '../../../src/capture/load.ts';
import type {Check} from '../../../src/checks/define.ts';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {EvidenceKey, Snapshot} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {TestCluster} from '../../helpers/cluster.ts';
import {
  NOT_IN_TROUBLESHOOT,
  bundleDump,
  clusterInfoDump,
  mustGatherDump,
  troubleshootDump,
} from '../../helpers/dump.ts';
import type {Dump} from '../../helpers/dump.ts';
import {NOW} from '../../helpers/raw.ts';
import {sick} from '../../sample/sick.ts';

const objects = sick();
const live = new TestCluster(objects).snapshot();

async function load(dump: Dump): Promise<LoadedCapture> {
  return loadCapture(filesOf(dump), {now: NOW, fallbackTime: '2000-01-01T00:00:00Z'});
}

function isWhole(snapshot: Snapshot, key: EvidenceKey): boolean {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok && !evidence.partial;
}

/** Checks that find in a capture all that they look at; no agent was asked, live or here, so what nodes add is left out. */
function answerable(snapshot: Snapshot): Check[] {
  const isThere = (key: EvidenceKey) => isWhole(snapshot, key);
  return CHECKS.filter(c => c.needs.every(isThere) && c.wants.every(key => isNodeKey(key) || isThere(key)));
}

/** What the checks found, without the evidence's objects. */
function findings(snapshot: Snapshot, checks: readonly Check[]): unknown {
  return judge(snapshot, checks).fails.map(({check, fails}) => [
    check.id,
    fails.map(f => [f.subject, f.cause, f.message, f.severity]),
  ]);
}

const LAYOUTS: Record<string, {dump: Dump; layout: LayoutId; atLeast: number}> = {
  'our bundle': {dump: bundleDump(objects), layout: 'kubectl-win', atLeast: 40},
  'a troubleshoot bundle': {dump: troubleshootDump(objects), layout: 'troubleshoot', atLeast: 25},
  'a must-gather': {dump: mustGatherDump(objects), layout: 'must-gather', atLeast: 15},
  'a cluster-info dump -A': {dump: clusterInfoDump(objects), layout: 'cluster-info-dump', atLeast: 5},
};

for (const [title, {dump, layout, atLeast}] of Object.entries(LAYOUTS)) {
  test(`${title} holds the objects as they were`, async t => {
    const loaded = await load(dump);
    t.is(loaded.layout, layout);
    t.deepEqual(loaded.notes, []);
    for (const [key, evidence] of Object.entries(loaded.snapshot.evidence)) {
      // Keys of a Snapshot's evidence.
      const original = evidenceOf(live, key as EvidenceKey);
      if (evidence.ok && key !== 'version') t.deepEqual(evidence, original, key);
    }
  });

  test(`doctor says of ${title} what it says live, less what is not in it`, async t => {
    const {snapshot} = await load(dump);
    const checks = answerable(snapshot);
    t.true(checks.length >= atLeast, `${checks.length} checks have all they need`);
    t.deepEqual(findings(snapshot, checks), findings(live, checks));
  });
}

test('our bundle lacks nothing', async t => {
  const {snapshot} = await load(bundleDump(objects));
  t.is(snapshot.source.collectedAt, NOW);
  t.deepEqual(findings(snapshot, CHECKS), findings(live, CHECKS));
});

test('a troubleshoot bundle lacks what its collector does not take', async t => {
  const {snapshot} = await load(troubleshootDump(objects));
  for (const key of NOT_IN_TROUBLESHOOT) {
    const evidence = evidenceOf(snapshot, key);
    t.true(!evidence.ok && evidence.reason === 'unsupported', key);
  }
  const {version} = snapshot.evidence;
  t.is(version?.ok && version.value.gitVersion, 'v1.35.4');
});

test('a cluster-info dump without -A is a part, and says which', async t => {
  const some = [...clusterInfoDump(objects)].filter(
    ([path]) => !/^(kube-public|kube-node-lease|reports)\//.test(path),
  );
  const {snapshot} = await load(new Map(some));
  const {pods, nodes} = snapshot.evidence;
  t.true(nodes?.ok && !nodes.partial);
  t.regex(
    (pods?.ok && pods.partial?.detail) || '',
    /does not tell whether it has all namespaces; pods are of billing, /,
  );
});
