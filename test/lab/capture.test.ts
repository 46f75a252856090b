import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {loadSnapshotFrom} from '../../plugin/capture/load.ts';
import {loadKubeconfig} from '../../plugin/kube/kubeconfig.ts';
import {loadLive} from '../../plugin/kube/load-live.ts';
import type {Check} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {tempDir, writeTree} from '../helpers/archives.ts';
import {IN_CLUSTER_INFO_DUMP, troubleshootDump} from '../helpers/dump.ts';
import type {Raw} from '../helpers/raw.ts';
import {RESOURCES} from '../../src/kube/resources.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';

async function live(lab: TestLab): Promise<Snapshot> {
  return loadLive({
    access: loadKubeconfig({kubeconfig: lab.kubeconfigs.admin}),
    signal: new AbortController().signal,
  });
}

function isWhole(snapshot: Snapshot, key: EvidenceKey): boolean {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok && !evidence.partial;
}

/** Checks that have in a capture all that they look at. */
function answerable(snapshot: Snapshot): Check[] {
  return CHECKS.filter(c => [...c.needs, ...c.wants].every(key => isWhole(snapshot, key)));
}

/** What was found: check, subject and cause. Figures of a cluster that runs change from one second to the next. */
function findings(snapshot: Snapshot, checks: readonly Check[]): string[] {
  return judge(snapshot, checks)
    .fails.flatMap(({check, fails}) =>
      fails.map(
        f => `${check.id} ${f.cause} ${f.subject.kind}/${f.subject.namespace ?? ''}/${f.subject.name}`,
      ),
    )
    .toSorted();
}

function namesOf(snapshot: Snapshot, key: EvidenceKey): string[] | undefined {
  const evidence = evidenceOf(snapshot, key);
  if (!evidence.ok || !Array.isArray(evidence.value)) return undefined;
  // Lists of API objects only are asked for.
  const items = evidence.value as {metadata: {namespace?: string; name: string}}[];
  return items.map(o => `${o.metadata.namespace ?? ''}/${o.metadata.name}`);
}

test('a cluster-info dump of a real cluster tells what the cluster tells, less what is not in it', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  // A fault that needs nothing but what a dump has (NOD003).
  await lab.kubectl(WRONG_LABEL);
  const root = tempDir(t);
  await lab.kubectl(['cluster-info', 'dump', '-A', `--output-directory=${join(root, 'dump')}`]);
  const now = await live(lab);
  const {snapshot, layout, notes} = await loadSnapshotFrom(join(root, 'dump'), {now: now.now});
  t.is(layout, 'cluster-info-dump');
  t.deepEqual(notes, []);
  for (const key of IN_CLUSTER_INFO_DUMP) {
    t.true(isWhole(snapshot, key), `${key} is whole`);
    if (key !== 'events') t.deepEqual(namesOf(snapshot, key), namesOf(now, key), key);
  }
  const checks = answerable(snapshot);
  t.true(checks.length > 0);
  const found = findings(snapshot, checks);
  t.true(found.some(f => f.startsWith('NOD003 ')));
  t.deepEqual(found, findings(now, checks));

  execFileSync('tar', ['-czf', join(root, 'dump.tgz'), '-C', root, 'dump']);
  const packed = await loadSnapshotFrom(join(root, 'dump.tgz'), {now: now.now});
  t.deepEqual(packed.snapshot.evidence, snapshot.evidence);
});

test('a dump of the default namespaces, and one in YAML, are read', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  const root = tempDir(t);
  await lab.kubectl(['cluster-info', 'dump', `--output-directory=${join(root, 'some')}`]);
  await lab.kubectl(['cluster-info', 'dump', '-A', '-o', 'yaml', `--output-directory=${join(root, 'yaml')}`]);
  await lab.kubectl(['cluster-info', 'dump', '-A', `--output-directory=${join(root, 'json')}`]);
  const some = await loadSnapshotFrom(join(root, 'some'));
  t.is(evidenceOf(some.snapshot, 'nodes').ok, true);
  t.false(isWhole(some.snapshot, 'pods'));
  const yaml = await loadSnapshotFrom(join(root, 'yaml'));
  const json = await loadSnapshotFrom(join(root, 'json'));
  t.is(yaml.layout, 'cluster-info-dump');
  t.deepEqual(namesOf(yaml.snapshot, 'pods'), namesOf(json.snapshot, 'pods'));

  // What a user without the flag gets: everything in one stream, logs in between.
  const stdout = join(root, 'dump.txt');
  writeFileSync(stdout, await lab.kubectl(['cluster-info', 'dump', '-A']));
  const stream = await loadSnapshotFrom(stdout);
  t.is(stream.layout, 'objects');
  t.deepEqual(namesOf(stream.snapshot, 'pods'), namesOf(json.snapshot, 'pods'));
});

test('a troubleshoot layout of a real cluster gives the findings of the cluster', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  await lab.kubectl(WRONG_LABEL);
  const objects = await everything(lab);
  const root = writeTree(join(tempDir(t), 'b'), new Map(troubleshootDump(objects)));
  const now = await live(lab);
  const {snapshot, layout} = await loadSnapshotFrom(root, {now: now.now});
  t.is(layout, 'troubleshoot');
  const checks = answerable(snapshot).filter(c => [...c.needs, ...c.wants].every(key => key !== 'events'));
  t.true(checks.length > 10);
  const found = findings(snapshot, checks);
  t.true(found.some(f => f.startsWith('NOD003 ')));
  t.deepEqual(found, findings(now, checks));
});

test('what kubectl get prints is read, in JSON and YAML, from files and in one stream', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  const root = tempDir(t);
  mkdirSync(join(root, 'files'));
  for (const [file, args] of Object.entries({
    'nodes.yaml': ['nodes', '-o', 'yaml'],
    'pods.json': ['pods', '-A', '-o', 'json'],
    'all.txt': ['deployments,replicasets,daemonsets,services', '-A', '-o', 'yaml'],
  })) {
    writeFileSync(join(root, 'files', file), await lab.kubectl(['get', ...args]));
  }
  const {snapshot, layout} = await loadSnapshotFrom(join(root, 'files'));
  const now = await live(lab);
  t.is(layout, 'objects');
  for (const key of ['nodes', 'pods', 'deployments', 'replicaSets', 'daemonSets', 'services'] as const) {
    t.deepEqual(namesOf(snapshot, key), namesOf(now, key), key);
    t.true(isWhole(snapshot, key), key);
  }
});

/** The node says another build of itself than its kubelet. */
const WRONG_LABEL = ['label', 'node', 'win-2', '--overwrite', 'node.kubernetes.io/windows-build=10.0.17763'];

/** All objects of all kinds that are read, with their kinds. */
async function everything(lab: TestLab): Promise<Raw[]> {
  const objects: Raw[] = [];
  for (const {group, plural, custom} of RESOURCES) {
    if (custom) continue;
    const text = await lab.kubectl(['get', `${plural}${group ? `.${group}` : ''}`, '-A', '-o', 'json']);
    // kubectl's List of objects that carry their kinds.
    objects.push(...(JSON.parse(text) as {items: Raw[]}).items);
  }
  return objects;
}
