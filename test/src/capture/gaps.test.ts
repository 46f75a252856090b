import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import type {ResourceKey} from '../../../src/kube/resources.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {healthy} from '../../helpers/cluster.ts';
import {bundleDump, mustGatherDump, troubleshootDump} from '../../helpers/dump.ts';

const objects = healthy().objects;

async function load(files: Map<string, string>): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  return loadCapture(filesOf(files), {fallbackTime: '2000-01-01T00:00:00Z'});
}

/** Reason and detail of what is missing of a kind, whole or in part. */
function gap(snapshot: Snapshot, key: ResourceKey): [state: string, detail?: string] {
  const evidence: Evidence<unknown> = evidenceOf(snapshot, key);
  if (!evidence.ok) return [`missing: ${evidence.reason}`, evidence.detail];
  return evidence.partial ? [`partial: ${evidence.partial.reason}`, evidence.partial.detail] : ['whole'];
}

const BUNDLE = 'support-bundle-2026-09-01T12_00_00/cluster-resources';

test('what troubleshoot was refused is denied, by namespace', async t => {
  const files = new Map(troubleshootDump(objects));
  files.delete(`${BUNDLE}/pods/shop.json`);
  files.set(
    `${BUNDLE}/pods-errors.json`,
    '{"shop":"pods is forbidden: User \\"x\\" cannot list resource \\"pods\\""}',
  );
  files.delete(`${BUNDLE}/nodes.json`);
  files.set(`${BUNDLE}/nodes-errors.json`, '["nodes is forbidden: User \\"x\\" cannot list resource"]');
  const {snapshot} = await load(files);
  t.deepEqual(gap(snapshot, 'pods'), [
    'partial: denied',
    'a troubleshoot bundle lacks pods of shop: pods is forbidden: User "x" cannot list resource "pods"',
  ]);
  t.is(gap(snapshot, 'nodes')[0], 'missing: denied');
  t.is(gap(snapshot, 'workloads' as ResourceKey)[0], 'partial: denied');
});

test('a troubleshoot bundle of one namespace is a part of the cluster', async t => {
  const files = new Map(
    [...troubleshootDump(objects)].filter(([path]) => !/\/(kube-[a-z-]+|default)\.json$/.test(path)),
  );
  const shop = objects.filter(o => o.kind === 'Namespace' && o.metadata.name === 'shop');
  files.set(
    `${BUNDLE}/namespaces.json`,
    JSON.stringify({kind: 'NamespaceList', apiVersion: 'v1', items: shop}),
  );
  const {snapshot} = await load(files);
  t.is(gap(snapshot, 'namespaces')[0], 'partial: not-requested');
  t.is(gap(snapshot, 'pods')[0], 'partial: not-requested');
  t.deepEqual(gap(snapshot, 'nodes'), ['whole']);
});

test('old troubleshoot wrote bare arrays and null', async t => {
  const pods = objects.filter(o => o.kind === 'Pod').map(({apiVersion: _v, kind: _k, ...rest}) => rest);
  const files = new Map(troubleshootDump(objects));
  files.set(
    `${BUNDLE}/pods/shop.json`,
    JSON.stringify(
      pods.filter(p => p.metadata.namespace === 'shop'),
      null,
      2,
    ),
  );
  files.set(`${BUNDLE}/jobs/shop.json`, 'null');
  files.set(`${BUNDLE}/cronjobs/shop.json`, '[]');
  const {snapshot} = await load(files);
  t.deepEqual(snapshot.evidence.pods, healthy().snapshot().evidence.pods);
  t.deepEqual(gap(snapshot, 'jobs'), ['whole']);
  t.deepEqual(gap(snapshot, 'cronJobs'), ['whole']);
});

test('a must-gather without all namespaces is a part', async t => {
  const all = mustGatherDump(objects);
  const some = new Map([...all].filter(([path]) => !path.includes('/namespaces/shop/')));
  t.is(gap((await load(some)).snapshot, 'pods')[0], 'partial: not-requested');
  const inspected = new Map([...all].filter(([path]) => !path.includes('/core/namespaces/')));
  const {snapshot} = await load(inspected);
  t.is(gap(snapshot, 'namespaces')[0], 'partial: not-requested');
  t.is(gap(snapshot, 'pods')[0], 'partial: not-requested');
});

test('one broken file costs itself only, and is named', async t => {
  const files = new Map(troubleshootDump(objects));
  const path = `${BUNDLE}/pods/kube-system.json`;
  files.set(path, '{"kind": "PodList", "items": [{"metadata"');
  files.set(`${BUNDLE}/daemonsets/shop.json`, '');
  files.set(`${BUNDLE}/services/shop.json`, 'Error: connection refused');
  const {snapshot, notes} = await load(files);
  t.is(gap(snapshot, 'pods')[0], 'partial: failed');
  t.regex(
    gap(snapshot, 'pods')[1] ?? '',
    /pods\/kube-system\.json: line 1 is no JSON, or it breaks off there/,
  );
  t.is(gap(snapshot, 'daemonSets')[0], 'partial: failed');
  t.is(gap(snapshot, 'services')[0], 'partial: failed');
  t.deepEqual(gap(snapshot, 'deployments'), ['whole']);
  t.is(notes.length, 3);
  const {pods} = snapshot.evidence;
  t.true(pods?.ok && pods.value.some(p => p.metadata.namespace === 'shop'));
});

test('a list that breaks off gives the items before', async t => {
  const files = new Map(troubleshootDump(objects));
  const whole = files.get(`${BUNDLE}/nodes.json`) ?? '';
  files.set(`${BUNDLE}/nodes.json`, whole.slice(0, whole.lastIndexOf('"nodeInfo"')));
  const {nodes} = (await load(files)).snapshot.evidence;
  t.deepEqual(nodes?.ok && nodes.value.map(n => n.metadata.name), ['linux-0', 'win-1']);
  t.is(nodes?.ok && nodes.partial?.reason, 'failed');
});

test('the manifest of a bundle says what is missing', async t => {
  const files = new Map(bundleDump(objects));
  const manifest = JSON.parse(files.get('kubectl-win/manifest.json') ?? '{}');
  manifest.missing = [
    {what: 'pods', reason: 'denied', detail: 'no right to list pods of billing', partial: true},
    {what: 'csiNodes', reason: 'timeout', detail: 'the list took over 30 s'},
    {what: 'node.hns', reason: 'something new', detail: 'no agent'},
  ];
  files.set('kubectl-win/manifest.json', JSON.stringify(manifest));
  files.delete('cluster-resources/csinodes.json');
  files.delete('cluster-resources/services/shop.json');
  const {snapshot} = await load(files);
  t.deepEqual(gap(snapshot, 'pods'), ['partial: denied', 'no right to list pods of billing']);
  t.deepEqual(gap(snapshot, 'csiNodes'), ['missing: timeout', 'the list took over 30 s']);
  t.is(gap(snapshot, 'services')[0], 'partial: failed');
  t.regex(gap(snapshot, 'services')[1] ?? '', /cluster-resources\/services\/shop\.json/);
  t.deepEqual(gap(snapshot, 'jobs'), ['whole']);
  t.like(evidenceOf(snapshot, 'node.hns'), {ok: false, reason: 'failed', detail: 'no agent'});
  t.like(evidenceOf(snapshot, 'node.services'), {ok: false, reason: 'not-requested'});
});

test('a bundle without a readable manifest is read as far as its files tell', async t => {
  const files = new Map(bundleDump(objects));
  files.set('kubectl-win/manifest.json', '{"time": 5');
  const {snapshot, notes} = await load(files);
  t.deepEqual(notes, ['kubectl-win/manifest.json is no manifest that can be read']);
  t.is(gap(snapshot, 'pods')[0], 'partial: not-requested');
  t.deepEqual(gap(snapshot, 'nodes'), ['whole']);
});

test('objects without a layout are whole only where a list shows it', async t => {
  const list = (kind: string, namespace?: string): string => {
    const items = objects.filter(
      o => o.kind === kind && (namespace === undefined || o.metadata.namespace === namespace),
    );
    return JSON.stringify({apiVersion: 'v1', items, kind: 'List'});
  };
  const service = objects.find(o => o.kind === 'Service');
  const {snapshot} = await load(
    new Map([
      ['a/nodes.json', list('Node')],
      ['pods', list('Pod')],
      ['deploy.txt', list('Deployment', 'shop')],
      ['svc.json', JSON.stringify(service)],
      ['jobs.json', '{"apiVersion":"batch/v1","kind":"JobList","items":[]}'],
      ['notes.md', '# nothing'],
    ]),
  );
  t.deepEqual(gap(snapshot, 'nodes'), ['whole']);
  t.deepEqual(gap(snapshot, 'pods'), ['whole']);
  t.deepEqual(gap(snapshot, 'deployments'), ['partial: not-requested', 'deployments are of shop only']);
  t.is(gap(snapshot, 'services')[0], 'partial: not-requested');
  t.deepEqual(gap(snapshot, 'jobs'), ['whole']);
  t.is(gap(snapshot, 'events')[0], 'missing: unsupported');
});

test('an object that stands twice counts once', async t => {
  const node = JSON.stringify(objects.find(o => o.kind === 'Node'));
  const {snapshot} = await load(
    new Map([
      ['a.json', node],
      ['b.json', `${node}\n${node}`],
    ]),
  );
  t.is(snapshot.evidence.nodes?.ok && snapshot.evidence.nodes.value.length, 1);
});

const map = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {namespace: 'shop', name},
  data: {a: 'b'},
});
const lease = (namespace: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: {namespace, name: 'x'},
});

test('only ConfigMaps that the tool would ask for, and only leases of nodes, are kept', async t => {
  const items = [map('settings'), map('kube-proxy'), lease('shop'), lease('kube-node-lease')];
  const {snapshot} = await load(
    new Map([['a.json', JSON.stringify({kind: 'List', apiVersion: 'v1', items})]]),
  );
  const {configMaps, leases} = snapshot.evidence;
  t.deepEqual(configMaps?.ok && configMaps.value.map(c => c.metadata.name), ['kube-proxy']);
  t.deepEqual(leases?.ok && leases.value.map(c => c.metadata.namespace), ['kube-node-lease']);
});
