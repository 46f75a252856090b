import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {ROUTINE_REASONS} from '../../../plugin/kube/scope.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import {healthy} from '../../helpers/cluster.ts';
import {json, status} from './api-double.ts';
import {PatientClock, byText, collect, double, manyPods, seen} from './live.ts';

const CHECKS = join(import.meta.dirname, '../../../src/checks');

test('a live cluster reads as the same objects in memory do', async t => {
  const api = await double(t);
  const live = await collect(api);
  const expected = healthy().snapshot();
  for (const {key} of RESOURCES) t.deepEqual(live.evidence[key], expected.evidence[key], key);
  t.deepEqual(live.evidence.workloads, expected.evidence.workloads);
});

test("the moment that is judged is the API server's own", async t => {
  const api = await double(t);
  const live = await collect(api);
  t.is(live.now, '2026-09-01T12:00:00Z');
  t.deepEqual(live.source, {kind: 'cluster', name: 'double', collectedAt: '2026-09-01T12:00:00Z'});
});

test('no Secret and no ConfigMap but those by name is asked for', async t => {
  const api = await double(t);
  await collect(api);
  t.false(api.paths().some(p => p.includes('secrets')));
  const configMaps = api.seen.filter(s => s.path.includes('configmaps'));
  t.true(configMaps.length > 0);
  t.true(configMaps.every(s => s.query.get('fieldSelector')?.startsWith('metadata.name=')));
});

test('events of normal life that no check looks at stay with the server', async t => {
  const api = await double(t);
  await collect(api);
  const asked = api.seen.find(s => s.path.endsWith('/events'))?.query.get('fieldSelector');
  t.is(asked, 'reason!=Scheduled,reason!=Created,reason!=Started,reason!=SuccessfulCreate');
  const sources = readdirSync(CHECKS, {recursive: true, encoding: 'utf8'}).filter(name =>
    name.endsWith('.ts'),
  );
  const texts = sources.map(name => readFileSync(join(CHECKS, name), 'utf8'));
  t.deepEqual(
    ROUTINE_REASONS.filter(reason => texts.some(text => text.includes(`'${reason}'`))),
    [],
    'no check knows them',
  );
});

test('ConfigMaps of a CNI or provider that is not there cost no request', async t => {
  const api = await double(t);
  await collect(api);
  const names = api.seen.map(s => s.query.get('fieldSelector') ?? '').filter(Boolean);
  t.true(names.includes('metadata.name=kube-flannel-cfg'));
  t.false(names.some(n => /calico|antrea|aws/.test(n)));
});

test('custom resources whose group the server lacks cost no request, and there are none', async t => {
  const api = await double(t);
  const live = await collect(api);
  t.false(api.paths().some(p => p.includes('projectcalico') || p.includes('istio')));
  t.deepEqual(seen(live, 'peerAuthentications'), {count: 0, gap: ''});
});

test('only evidence that is wanted is asked for', async t => {
  const api = await double(t);
  const live = await collect(api, {keys: new Set(['nodes', 'leases'] as const)});
  t.deepEqual(
    api
      .paths()
      .filter(p => p.startsWith('/api/') || p.startsWith('/apis/'))
      .sort(),
    ['/api/v1/nodes', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'],
  );
  t.regex(seen(live, 'pods').gap, /not-requested/);
});

test('a list of 2,345 pods comes in pages and whole, never more than five requests at a time', async t => {
  const api = await double(t, undefined, [...healthy().objects, ...manyPods(2345)]);
  const live = await collect(api);
  t.is(seen(live, 'pods').count, 2345 + healthy().objects.filter(o => o.kind === 'Pod').length);
  const pages = api.seen.filter(s => s.path === '/api/v1/pods');
  t.true(pages.length > 1);
  t.true(api.mostOpen <= 5, `${api.mostOpen} requests were open`);
});

test('pods of one specification share it in memory', async t => {
  const api = await double(t, undefined, [...healthy().objects, ...manyPods(600)]);
  const live = await collect(api);
  const workloads = live.evidence.workloads?.ok ? live.evidence.workloads.value : [];
  t.is(workloads.find(w => w.owner.metadata.name === 'web')?.live.length, 1);
});

test('a body in gzip is read', async t => {
  const api = await double(t, ({path}, response) => {
    if (path !== '/api/v1/namespaces') return false;
    response.writeHead(200, {'content-encoding': 'gzip'});
    response.end(gzipSync(JSON.stringify({kind: 'NamespaceList', items: [{metadata: {name: 'packed'}}]})));
    return true;
  });
  t.is(seen(await collect(api), 'namespaces').count, 1);
});

test('an annotation of 5 MB is dropped, its object kept', async t => {
  const big = healthy().change('Deployment', 'shop/web', d => {
    d.metadata.annotations = {big: 'x'.repeat(5_000_000), small: 'y'};
  });
  const api = await double(t, undefined, big.objects);
  const live = await collect(api);
  const deployments = live.evidence.deployments?.ok ? live.evidence.deployments.value : [];
  t.deepEqual(deployments.find(d => d.metadata.name === 'web')?.metadata.annotations, {small: 'y'});
});

test('names with control characters come through as data', async t => {
  const name = 'web\u001b[31m\u0000';
  const api = await double(t, ({path}, response) => {
    if (path !== '/api/v1/namespaces') return false;
    json(response, 200, {items: [{metadata: {name}}]});
    return true;
  });
  const live = await collect(api);
  t.is(live.evidence.namespaces?.ok && live.evidence.namespaces.value[0]?.metadata.name, name);
});

test('items that are no objects are passed over', async t => {
  const api = await double(t, ({path}, response) => {
    if (path !== '/api/v1/services') return false;
    json(response, 200, {items: [null, 3, 'x', [], {metadata: {name: 'real', namespace: 'a'}}]});
    return true;
  });
  t.is(seen(await collect(api), 'services').count, 1);
});

test('a kind that the server does not serve is unsupported, and says which', async t => {
  const api = await double(t, ({path}, response) => {
    if (!path.includes('endpointslices')) return false;
    status(response, 404, 'NotFound', 'the server could not find the requested resource');
    return true;
  });
  t.deepEqual(seen(await collect(api), 'endpointSlices'), {
    count: 0,
    gap: 'unsupported: the server has no discovery.k8s.io/v1 endpointslices',
  });
});

test('one namespace narrows pods and their owners, not what tells of the cluster', async t => {
  const api = await double(t);
  const live = await collect(api, {namespace: 'shop'});
  t.is(seen(live, 'pods').count, 2);
  t.is(seen(live, 'pods').gap, 'not-requested: only the pods that `-n shop` selects were read');
  t.is(seen(live, 'daemonSets').count, 2);
  t.true(api.paths().includes('/apis/apps/v1/namespaces/shop/deployments'));
});

test('selected nodes select their pods', async t => {
  const api = await double(t);
  const live = await collect(api, {nodes: ['win-1', 'linux-0']});
  t.is(seen(live, 'nodes').count, 2);
  const pods = live.evidence.pods?.ok ? live.evidence.pods.value : [];
  t.deepEqual([...new Set(pods.map(p => p.nodeName ?? ''))].toSorted(byText), ['linux-0', 'win-1']);
});

test('progress ends with every kind done', async t => {
  const api = await double(t);
  const steps: string[] = [];
  await collect(api, {progress: p => steps.push(`${p.done}/${p.total}`)});
  t.is(steps.at(-1), `${RESOURCES.length}/${RESOURCES.length}`);
});

test('Ctrl-C stops a hanging collection at once', async t => {
  const api = await double(t, ({path}) => path === '/api/v1/pods');
  const abort = new AbortController();
  const started = performance.now();
  setTimeout(() => abort.abort(), 200);
  const error = await t.throwsAsync(collect(api, {signal: abort.signal}));
  t.is(error?.name, 'AbortError');
  t.true(performance.now() - started < 2000);
});

test('the log of requests holds no credentials', async t => {
  const api = await double(t);
  const lines: string[] = [];
  await collect(api, {
    access: api.access({user: {token: 'invented-token'}}),
    log: r => lines.push(JSON.stringify(r)),
    clock: new PatientClock(),
  });
  t.true(lines.length > 30);
  t.false(lines.join('\n').includes('invented-token'));
});
