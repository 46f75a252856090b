import test from 'ava';
import {Placements, placedSpecs} from '../../../src/kube/placement.ts';
import type {Workload} from '../../../src/kube/workloads.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

interface Placed {
  matched: string[];
  allowed: string[];
}

/** Names of the nodes that `shop/web` may go to. */
function placed(cluster: TestCluster, kind: 'cluster' | 'files' = 'cluster'): Placed {
  const snapshot = cluster.snapshot(kind);
  const placements = new Placements({
    nodes: evidenceOf(snapshot, 'nodes'),
    runtimeClasses: evidenceOf(snapshot, 'runtimeClasses'),
    namespaces: evidenceOf(snapshot, 'namespaces'),
    source: kind,
  });
  const [view] = placedSpecs(workloadOf(cluster, kind));
  if (!view) throw new Error('nothing to place');
  const {matched, allowed} = placements.of(view);
  const names = (by: typeof matched): string[] => [...by.linux, ...by.windows].map(n => n.metadata.name);
  return {matched: names(matched), allowed: names(allowed)};
}

function workloadOf(cluster: TestCluster, kind: 'cluster' | 'files'): Workload {
  const workloads = evidenceOf(cluster.snapshot(kind), 'workloads');
  const found = workloads.ok ? workloads.value.find(w => w.owner.metadata.name === 'web') : undefined;
  if (!found) throw new Error('no workload web');
  return found;
}

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const noPods = (cluster: TestCluster) => cluster.removeAll('Pod');
const everywhere = ['linux-0', 'win-1', 'win-2'];

test('no terms match every node, and taints leave the Linux node', t => {
  const cluster = web(spec => {
    delete spec.nodeSelector;
    delete spec.tolerations;
  });
  t.deepEqual(placed(cluster), {matched: everywhere, allowed: ['linux-0']});
});

test('a template gets the selector and tolerations of its RuntimeClass', t => {
  const cluster = web(spec => {
    delete spec.nodeSelector;
    delete spec.tolerations;
    spec.runtimeClassName = 'windows-2022';
  });
  t.deepEqual(placed(noPods(cluster)), {matched: ['win-1', 'win-2'], allowed: ['win-1', 'win-2']});
  t.deepEqual(
    placed(web(spec => delete spec.nodeSelector && (spec.runtimeClassName = 'windows-2022'))).matched,
    everywhere,
  );
});

test('a template gets the node selector of its namespace, a live pod has it already', t => {
  const cluster = web(spec => {
    delete spec.nodeSelector;
  }).change('Namespace', 'shop', n => {
    n.metadata.annotations = {
      'scheduler.alpha.kubernetes.io/node-selector':
        ' kubernetes.io/hostname=win-2, kubernetes.io/arch=amd64',
    };
  });
  t.deepEqual(placed(cluster).matched, everywhere);
  t.deepEqual(placed(noPods(cluster)).matched, ['win-2']);
});

const manifest = (nodeSelector: object) =>
  noPods(web(spec => (spec.nodeSelector = nodeSelector))).removeAll('Node');

const systems = (nodeSelector: object) =>
  [...new Set(placed(manifest(nodeSelector), 'files').matched.map(n => n.split('-')[1]))].join();

test('manifests are judged on model nodes of both systems', t => {
  t.is(systems({}), 'linux,windows');
  t.is(systems({'beta.kubernetes.io/os': 'linux'}), 'linux');
  t.is(systems({'node.kubernetes.io/windows-build': '10.0.26100'}), 'windows');
  t.is(systems({'topology.kubernetes.io/zone': 'a'}), 'linux,windows');
  t.is(systems({'kubernetes.io/arch': 'arm64'}), 'linux');
  t.is(systems({'node-role.kubernetes.io/control-plane': ''}), 'linux');
  t.is(systems({agentpool: 'any'}), '');
});

test('Node objects among the manifests take the place of models', t => {
  const cluster = noPods(web(spec => (spec.nodeSelector = {})));
  t.deepEqual(placed(cluster, 'files').matched, everywhere);
});

test('what decides is live pods, else the template; a DaemonSet has its template', t => {
  const live = workloadOf(healthy(), 'cluster');
  t.deepEqual(placedSpecs(live), live.live);
  const idle = workloadOf(noPods(healthy()), 'cluster');
  t.deepEqual(placedSpecs(idle), idle.template ? [idle.template] : []);
  const snapshot = healthy().snapshot();
  const workloads = evidenceOf(snapshot, 'workloads');
  const daemons = (workloads.ok ? workloads.value : []).filter(w => w.owner.kind === 'DaemonSet');
  t.is(daemons.length, 2);
  for (const daemon of daemons) t.deepEqual(placedSpecs(daemon), daemon.template ? [daemon.template] : []);
});

test('a Job whose pods have ended places nothing', t => {
  const ended = healthy()
    .change('Deployment', 'shop/web', d => {
      d.apiVersion = 'batch/v1';
      d.kind = 'Job';
    })
    .removeAll('ReplicaSet')
    .changeAll('Pod', pod => {
      pod.metadata.ownerReferences = [{kind: 'Job', name: 'web', controller: true}];
      pod.status.phase = 'Succeeded';
    });
  t.deepEqual(placedSpecs(workloadOf(ended, 'cluster')), []);
});
