/** The judge alone: every check of the catalogue over many pods in memory. Prints the slowest checks. */
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {RESOURCES, resourceOfKind} from '../../src/kube/resources.ts';
import {healthy} from '../helpers/cluster.ts';
import type {Raw} from '../helpers/raw.ts';
import {windowsPodSpec, workload} from '../helpers/raw-pods.ts';
import {lease, windowsNode} from '../helpers/raw-nodes.ts';
import {NOW} from '../helpers/raw.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const PODS = isFull ? 100_000 : 10_000;
const PODS_OF_A_DEPLOYMENT = 500;
const PODS_OF_A_NODE = 50;
const RUNS = 5;
const MS = 2000;

let tokens = 0;

const bounds = new Bounds();
const snapshot = manyPods(PODS);
judge(snapshot, CHECKS);
const times = Array.from({length: RUNS}, () => timed(() => judge(snapshot, CHECKS)));
bounds.note('checks', CHECKS.length);
bounds.note('pods', PODS);
bounds.atMost('judging', middle(times), (MS * PODS) / 100_000, ' ms');
const each = CHECKS.map(check => ({id: check.id, ms: timed(() => judge(snapshot, [check]))}));
for (const {id, ms} of each.toSorted((a, b) => b.ms - a.ms).slice(0, 10)) bounds.note(`  ${id}`, ms, ' ms');
const {problems} = judge(snapshot, CHECKS);
bounds.countAtMost('checks that threw', problems.length, 0);
bounds.conclude();

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** The healthy cluster with many more nodes and Deployments; each pod has a token volume of its own, as in real life. */
function manyPods(pods: number): Snapshot {
  const assembler = new SnapshotAssembler();
  assembler.set('version', collected({gitVersion: 'v1.35.4'}));
  for (const {key} of RESOURCES) assembler.add(key, []);
  const add = (object: Raw): void => {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (resource) assembler.add(resource.key, [object]);
  };
  for (const object of healthy().objects) add(object);
  const nodes = Array.from({length: Math.ceil(pods / PODS_OF_A_NODE)}, (_, i) => `many-${i}`);
  for (const [index, name] of nodes.entries()) {
    add(windowsNode(name, 10 + index));
    add(lease(name));
  }
  for (let first = 0; first < pods; first += PODS_OF_A_DEPLOYMENT) {
    const places = Array.from(
      {length: PODS_OF_A_DEPLOYMENT},
      (_, i) => nodes[(first + i) % nodes.length] ?? '',
    );
    const at = {namespace: 'shop', name: `many-${first}`};
    for (const object of workload('Deployment', at, windowsPodSpec(), places)) add(withToken(object));
  }
  return assembler.build({kind: 'cluster', name: 'many', collectedAt: NOW});
}

/** What the ServiceAccount admission plug-in does to a pod: the name ends in five letters of chance. */
function withToken(object: Raw): Raw {
  if (object.kind !== 'Pod') return object;
  const name = `kube-api-access-${(tokens++).toString(36).padStart(5, 'x')}`;
  const spec = object['spec'];
  spec.volumes = [{name, projected: {sources: []}}];
  for (const container of spec.containers) {
    container.volumeMounts = [
      {name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true},
    ];
  }
  return object;
}
