import test from 'ava';
import {loadCapture} from '../../src/capture/load.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {loadManifests} from '../../src/manifests/load.ts';
import {buildReport} from '../../src/report/build.ts';
import {FORMATS} from '../../src/report/format-names.ts';
import {render} from '../../src/report/formats.ts';
import type {Locate} from '../../src/report/locate.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {PLAIN} from '../../src/report/palette.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {filesOf} from '../helpers/capture-files.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthy} from '../helpers/cluster.ts';
import type {Json} from '../helpers/raw.ts';
import {NOW, event} from '../helpers/raw.ts';

/** What is linear takes a second or two here; what is quadratic would take hours. */
const PATIENCE_MS = 30_000;
const MIB = 1024 * 1024;

/** Judges and writes in every format; answers with the milliseconds that it took. */
function judged(snapshot: Snapshot, locate: Locate): number {
  const started = performance.now();
  const judgement = judge(snapshot, CHECKS);
  const made = buildReport(
    snapshot,
    judgement,
    {version: '0.1.0', timings: {collectMs: 1, judgeMs: 1}},
    locate,
  );
  if (made.problems.length > 0) throw new Error(JSON.stringify(made.problems).slice(0, 2000));
  for (const f of FORMATS) render(f, made, {palette: PLAIN, width: 100, checks: CHECKS, failOn: 'error'});
  return performance.now() - started;
}

function live(cluster: TestCluster): number {
  const snapshot = cluster.snapshot();
  return judged(snapshot, bundleLocator(snapshot));
}

/** Text without a space that makes trouble for whoever looks at it twice: nothing in it ever closes. */
const HOSTILE = ['a', '`', '`a ', '"', 'a:', '://', 'eyJ-', '(', '1', '\u202e', 'a\u0301'];

for (const seed of HOSTILE) {
  test(`events, conditions and annotations of megabytes of ${JSON.stringify(seed)} are judged in time`, t => {
    const long = seed.repeat((5 * MIB) / seed.length);
    const cluster = healthy();
    const pod = cluster.get('Pod', 'shop/web-0');
    pod.metadata['annotations'] = {long};
    pod['status'].containerStatuses[0] = {
      name: 'web',
      ready: false,
      state: {waiting: {reason: 'ImagePullBackOff', message: long}},
    };
    pod['status'].conditions.push({type: 'Odd', status: 'True', reason: long, message: long});
    cluster.add(
      event(pod, 'FailedCreatePodSandBox', long),
      event(pod, 'Failed', `Failed to pull image ${long}`),
    );
    t.true(live(cluster) < PATIENCE_MS);
  });
}

test('names of a megabyte are judged in time', t => {
  const name = 'n'.repeat(MIB);
  const cluster = healthy();
  cluster.changeAll('Pod', p => {
    if (p.metadata.namespace !== 'shop') return;
    p.metadata.name = name + p.metadata.name;
    p.spec.containers[0].image = `${name}:1.2.3`;
    p.spec.containers[0].resources = {requests: {cpu: '9'.repeat(MIB), memory: `${'1'.repeat(MIB)}Gi`}};
    p.spec.nodeSelector = {[name]: name};
    p.status.phase = 'Pending';
  });
  t.true(live(cluster) < PATIENCE_MS);
});

/** Gives a pod 100,000 containers. */
function crowd(spec: Json): void {
  const [first] = spec.containers;
  spec.containers = Array.from({length: 100_000}, (_, i) => ({
    ...first,
    name: `c-${i}`,
    securityContext: {privileged: true},
  }));
}

test('a pod of 100,000 containers and an object of 10,000 conditions are judged in time', t => {
  const cluster = healthy();
  crowd(cluster.get('Pod', 'shop/web-0')['spec']);
  const condition = {type: 'X', status: 'True', reason: 'R', message: 'm'};
  cluster.get('Node', 'win-1')['status'].conditions.push(...Array.from({length: 10_000}, () => condition));
  t.true(live(cluster) < PATIENCE_MS);
  const text = JSON.stringify({...cluster.get('Pod', 'shop/web-0'), apiVersion: 'v1', kind: 'Pod'});
  const {snapshot, locate} = loadManifests([{name: 'pod.json', text}], {now: NOW, name: 'pod.json'});
  t.true(judged(snapshot, locate) < PATIENCE_MS);
});

const DEPTH = 100_000;
const DEEP: readonly [name: string, text: string][] = [
  ['JSON lists', '['.repeat(DEPTH) + ']'.repeat(DEPTH)],
  ['JSON maps', '{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH)],
  ['lists in an object', `{"apiVersion":"v1","kind":"Pod","spec":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`],
  ['flow YAML', `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(DEPTH)}`],
  ['block YAML', `apiVersion: v1\nkind: Pod\nspec: ${'- '.repeat(DEPTH)}x`],
  [
    'anchors',
    `apiVersion: v1\nkind: Pod\na: &a [x]\n${Array.from({length: 30}, (_, i) => `b${i}: &b${i} [${'*a, '.repeat(9)}]`).join('\n')}`,
  ],
];

for (const [name, text] of DEEP) {
  test(`100,000 levels of ${name} are refused in time, by lint and in a capture`, async t => {
    const started = performance.now();
    const {snapshot} = loadManifests([{name: 'deep.yaml', text}], {now: NOW, name: 'deep.yaml'});
    t.true(snapshot.evidence.manifests?.ok);
    await loadCapture(filesOf({'deep.yaml': text}), {fallbackTime: NOW}).catch((error: unknown) => {
      t.regex(String(error), /is no capture that can be read/);
    });
    t.true(performance.now() - started < PATIENCE_MS);
  });
}
