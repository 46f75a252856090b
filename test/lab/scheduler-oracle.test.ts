/** The scheduler is the oracle: where our evaluation lets a pod go is where a real kube-scheduler puts it. */
import test from 'ava';
import * as fc from 'fast-check';
import {Placements} from '../../src/kube/placement.ts';
import type {Placement} from '../../src/kube/placement.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {TestCluster} from '../helpers/cluster.ts';
import type {Raw} from '../helpers/raw.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';

/** A tenth of the proof by default, all of it with `KUBECTL_WIN_FULL=1`. */
const PODS = process.env['KUBECTL_WIN_FULL'] === '1' ? 1000 : 100;
const SPACE = 'placement';
/** How long the scheduler may take over all of them. */
const PATIENCE_MS = 120_000;

let lab: TestLab;

test.before(async () => {
  lab = await startLab();
});

test.after.always(() => lab?.stop());

const values = fc.constantFrom('windows', 'linux', '1', '5', '9', 'x');
const keys = fc.constantFrom('kubernetes.io/os', 'rank', 'pool', 'absent');
const expression = fc
  .tuple(keys, fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'), values, values)
  .map(([key, operator, a, b]) => {
    if (operator === 'Gt' || operator === 'Lt') return {key: 'rank', operator, values: ['5']};
    return operator.endsWith('In') ? {key, operator, values: [a, b]} : {key, operator};
  });
const term = fc.record(
  {matchExpressions: fc.array(expression, {minLength: 1, maxLength: 2})},
  {requiredKeys: ['matchExpressions']},
);
const selector = fc.dictionary(keys, values, {maxKeys: 1});
const toleration = fc
  .tuple(
    fc.constantFrom('os', 'dedicated', ''),
    fc.constantFrom('Equal', 'Exists'),
    fc.constantFrom('windows', 'gpu'),
    fc.constantFrom(undefined, 'NoSchedule', 'NoExecute'),
  )
  .map(([key, operator, value, effect]) => ({
    ...(key && {key}),
    operator: key ? operator : 'Exists',
    ...(key && operator === 'Equal' && {value}),
    ...(effect && {effect}),
  }));
const terms = fc.record({
  nodeSelector: fc.oneof({weight: 2, arbitrary: fc.constant({})}, {weight: 1, arbitrary: selector}),
  affinity: fc.option(
    fc.array(term, {minLength: 1, maxLength: 2}).map(nodeSelectorTerms => ({
      nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}},
    })),
    {nil: undefined},
  ),
  tolerations: fc.array(toleration, {maxLength: 2}),
});

function podOf(spec: object, index: number): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `p${index}`, namespace: SPACE},
    spec: {...spec, containers: [{name: 'main', image: 'app'}], automountServiceAccountToken: false},
  };
}

interface Listed {
  items: Raw[];
}

async function list(path: string): Promise<Raw[]> {
  // The list that the path names.
  return ((await lab.api.send('GET', path)) as Listed).items;
}

/** Nodes that differ in what selectors and taints can tell: a third of them is tainted twice. */
async function tellApart(): Promise<Raw[]> {
  const nodes = await list('/api/v1/nodes');
  for (const [i, node] of nodes.entries()) {
    const labels = {rank: String((i * 4) % 12), ...(i % 2 === 0 && {pool: 'x'})};
    const taints = [...(node['spec'].taints ?? [])];
    if (i % 3 === 2) taints.push({key: 'dedicated', value: 'gpu', effect: 'NoSchedule'});
    const object = {apiVersion: 'v1', kind: 'Node', metadata: {name: node.metadata.name}};
    await lab.api.patch(object, {metadata: {labels}, spec: {taints}});
    // Room for all, so that only terms and taints decide.
    const room = {pods: String(10 * PODS)};
    await lab.api.patch(object, {status: {capacity: room, allocatable: room}}, 'status');
  }
  return list('/api/v1/nodes');
}

/** Waits until the scheduler has spoken on every pod. */
async function decided(): Promise<Raw[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const pods = await list(`/api/v1/namespaces/${SPACE}/pods`);
    const waiting = pods.filter(p => !p['spec'].nodeName && !p['status'].conditions?.length);
    if (waiting.length === 0) return pods;
    if (Date.now() > until) throw new Error(`the scheduler has not spoken on ${waiting.length} pods`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Our own answer for a pod that nobody has placed yet. */
function placementOf(pod: Raw, nodes: Raw[]): Placement {
  const bare = structuredClone(pod);
  delete bare['spec'].nodeName;
  const snapshot = new TestCluster([
    ...nodes.map(n => ({...n, apiVersion: 'v1', kind: 'Node'})),
    bare,
  ]).snapshot();
  const workloads = evidenceOf(snapshot, 'workloads');
  const view = workloads.ok ? workloads.value[0]?.live[0] : undefined;
  if (!view) throw new Error('no pod to place');
  const none = collected([]);
  const known = {nodes: evidenceOf(snapshot, 'nodes'), runtimeClasses: none, namespaces: none};
  return new Placements({...known, source: 'cluster'}).of(view);
}

test('the scheduler puts each pod on a node that is allowed, and none where none is', async t => {
  const nodes = await tellApart();
  await lab.api.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: SPACE}});
  const specs = fc.sample(terms, PODS);
  for (const [i, spec] of specs.entries()) await lab.api.create(podOf(spec, i));
  const pods = await decided();
  t.is(pods.length, PODS);
  let placed = 0;
  for (const pod of pods) {
    const {allowed} = placementOf({...pod, apiVersion: 'v1', kind: 'Pod'}, nodes);
    const names = [...allowed.linux, ...allowed.windows].map(n => n.metadata.name);
    const {nodeName} = pod['spec'];
    if (nodeName) placed++;
    const terms = JSON.stringify({...pod['spec'], containers: undefined});
    if (nodeName) t.true(names.includes(nodeName), `${nodeName} of [${names.join()}] for ${terms}`);
    else t.deepEqual(names, [], `nowhere for ${terms}`);
  }
  t.true(placed > 0 && placed < PODS, 'both kinds of pods were tried');
  t.log(`${PODS} pods on ${nodes.length} nodes, ${placed} placed`);
});
