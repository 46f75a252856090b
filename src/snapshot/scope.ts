import {matchesLabels} from '../kube/label-selector.ts';
import {RESOURCES} from '../kube/resources.ts';
import type {ResourceKey} from '../kube/resources.ts';
import type {KubeObject, SelectorRequirement} from '../kube/types.ts';
import {deriveWorkloads} from '../kube/workloads.ts';
import type {Workload} from '../kube/workloads.ts';
import type {Evidence} from './evidence.ts';
import {collected, mapEvidence, missing} from './evidence.ts';
import type {Snapshot} from './snapshot.ts';
import {evidenceOf} from './snapshot.ts';

/** What a user asked to look at (`-n`, `-l`, `--node`, `--node-selector`); empty: everything. */
export interface Scope {
  namespace?: string;
  /** Labels of pods. */
  pods?: readonly SelectorRequirement[];
  /** Names of nodes. */
  nodes?: readonly string[];
  /** Labels of nodes. */
  nodeLabels?: readonly SelectorRequirement[];
}

/** Any object; a pod says where it is placed. */
type Placed = KubeObject & {nodeName?: string};

/** Settings of the cluster as a whole: a namespace that was asked for does not narrow them. */
const CLUSTER_SETTINGS = new Set<ResourceKey>(['leases', 'configMaps']);

/** Whether a scope narrows anything. */
export function isNarrow({namespace, pods, nodes, nodeLabels}: Scope): boolean {
  return Boolean(namespace) || [pods, nodes, nodeLabels].some(list => list !== undefined && list.length > 0);
}

/** A Snapshot of only what was asked for. What was left out is named as not requested, so that nothing is judged by its absence. */
export function scopeSnapshot(snapshot: Snapshot, scope: Scope): Snapshot {
  if (!isNarrow(scope)) return snapshot;
  const evidence = {...snapshot.evidence};
  const narrow = (key: ResourceKey, keep: (object: Placed) => boolean, asked: string): void => {
    const found = evidence[key];
    if (!found?.ok) return;
    const list: readonly KubeObject[] = found.value;
    const partial = found.partial ?? missing('not-requested', asked);
    Object.assign(evidence, {[key]: collected(list.filter(keep), partial)});
  };
  const {namespace} = scope;
  if (namespace) {
    const asked = `only namespace ${namespace} was asked for`;
    for (const {key, namespaced} of RESOURCES) {
      if (namespaced && !CLUSTER_SETTINGS.has(key))
        narrow(key, o => o.metadata.namespace === namespace, asked);
    }
  }
  const nodes = nodeFilter(scope);
  if (nodes) {
    const names = new Set<string>();
    const all = evidenceOf(snapshot, 'nodes');
    if (all.ok) for (const node of all.value) if (nodes(node)) names.add(node.metadata.name);
    narrow('nodes', node => names.has(node.metadata.name), 'only some nodes were asked for');
    narrow('pods', onNodes(names), 'only pods of some nodes were asked for');
  }
  const labels = scope.pods ?? [];
  if (labels.length > 0)
    narrow('pods', pod => matchesLabels(labels, pod.metadata.labels), 'only some pods were asked for');
  const scoped: Snapshot = {...snapshot, evidence};
  return {...scoped, evidence: {...evidence, workloads: scopedWorkloads(scoped, labels)}};
}

function nodeFilter({nodes = [], nodeLabels = []}: Scope): ((node: KubeObject) => boolean) | undefined {
  if (nodes.length === 0 && nodeLabels.length === 0) return undefined;
  return ({metadata}) =>
    (nodes.length === 0 || nodes.includes(metadata.name)) && matchesLabels(nodeLabels, metadata.labels);
}

/** A pod that is not placed yet may come to any node. */
function onNodes(names: ReadonlySet<string>): (pod: Placed) => boolean {
  return ({nodeName}) => nodeName === undefined || names.has(nodeName);
}

function scopedWorkloads(snapshot: Snapshot, labels: readonly SelectorRequirement[]): Evidence<Workload[]> {
  const workloads = deriveWorkloads({
    pods: evidenceOf(snapshot, 'pods'),
    deployments: evidenceOf(snapshot, 'deployments'),
    replicaSets: evidenceOf(snapshot, 'replicaSets'),
    daemonSets: evidenceOf(snapshot, 'daemonSets'),
    statefulSets: evidenceOf(snapshot, 'statefulSets'),
    jobs: evidenceOf(snapshot, 'jobs'),
    cronJobs: evidenceOf(snapshot, 'cronJobs'),
  });
  if (labels.length === 0) return workloads;
  return mapEvidence(workloads, list =>
    list.filter(w => w.pods.length > 0 || (w.template && matchesLabels(labels, w.template.labels))),
  );
}
