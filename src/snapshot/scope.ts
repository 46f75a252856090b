import {matchesLabels, parseLabelSelector} from '../kube/label-selector.ts';
import type {ResourceKey} from '../kube/resources.ts';
import type {KubeObject, SelectorRequirement} from '../kube/types.ts';
import type {PerNode} from '../node/evidence.ts';
import {NODE_KEYS} from '../node/evidence.ts';
import type {Evidence, Missing} from './evidence.ts';
import {collected, mapEvidence, missing} from './evidence.ts';
import type {EvidenceKey, Snapshot} from './snapshot.ts';
import {evidenceOf} from './snapshot.ts';
import {workloadsOf} from './workloads.ts';

/** What a user wants looked at: `-n` and `-l` select pods, `--node` and `--node-selector` nodes (CONTRACT §1). */
export interface Scope {
  namespace?: string;
  selector?: string;
  nodes?: readonly string[];
  nodeSelector?: string;
}

/** What pods come from. DaemonSets are left out: those of kube-system tell what the cluster runs. */
export const SCOPED_OWNERS: readonly ResourceKey[] = [
  'deployments',
  'replicaSets',
  'statefulSets',
  'jobs',
  'cronJobs',
];

/** Whether a scope selects single nodes. */
export function selectsNodes({nodes, nodeSelector}: Scope): boolean {
  return nodeSelector !== undefined || (nodes?.length ?? 0) > 0;
}

/** Says that only what a scope selects was read. */
export function notAsked(what: string, scope: Scope): Missing {
  const flags = [
    scope.namespace !== undefined && `-n ${scope.namespace}`,
    scope.selector !== undefined && `-l ${scope.selector}`,
    ...(scope.nodes ?? []).map(name => `--node ${name}`),
    scope.nodeSelector !== undefined && `--node-selector ${scope.nodeSelector}`,
  ].filter(flag => flag !== false);
  return missing('not-requested', `only the ${what} that \`${flags.join(' ')}\` selects were read`);
}

/** Any object; a pod says where it is placed. */
type Placed = KubeObject & {nodeName?: string};

/**
 * A Snapshot of only what was asked for, as if no more had been read. What was left out is named as not requested, so
 * that nothing is judged by its absence. Selectors must parse.
 */
export function scopeSnapshot(snapshot: Snapshot, scope: Scope): Snapshot {
  const {namespace, selector} = scope;
  if (namespace === undefined && selector === undefined && !selectsNodes(scope)) return snapshot;
  const evidence = {...snapshot.evidence};
  const narrow = (key: ResourceKey, keep: (object: Placed) => boolean, gap?: Missing): void => {
    const found = evidence[key];
    if (!found?.ok) return;
    const list: readonly Placed[] = found.value;
    Object.assign(evidence, {[key]: collected(list.filter(keep), found.partial ?? gap)});
  };
  if (selectsNodes(scope)) {
    const labels = requirements(scope.nodeSelector);
    const named = scope.nodes?.length ? new Set(scope.nodes) : undefined;
    narrow(
      'nodes',
      n => (!named || named.has(n.metadata.name)) && matchesLabels(labels, n.metadata.labels),
      notAsked('nodes', scope),
    );
    const nodes = evidenceOf({...snapshot, evidence}, 'nodes');
    const names = new Set(nodes.ok ? nodes.value.map(n => n.metadata.name) : scope.nodes);
    narrow('pods', p => p.nodeName !== undefined && names.has(p.nodeName));
    narrowNodes(evidence, names);
  }
  if (namespace !== undefined)
    for (const key of SCOPED_OWNERS) narrow(key, o => o.metadata.namespace === namespace);
  const labels = requirements(selector);
  const selected = ({metadata}: Placed): boolean =>
    (namespace === undefined || metadata.namespace === namespace) && matchesLabels(labels, metadata.labels);
  narrow('pods', selected, notAsked('pods', scope));
  return withWorkloads({...snapshot, evidence}, selector !== undefined || selectsNodes(scope));
}

/** Leaves what agents told of other nodes out. */
function narrowNodes(evidence: Partial<Record<EvidenceKey, unknown>>, names: ReadonlySet<string>): void {
  for (const key of NODE_KEYS) {
    // Set by `SnapshotAssembler` only, by the type of its key.
    const found = evidence[key] as Evidence<PerNode<unknown>> | undefined;
    if (found?.ok) {
      const kept = new Map([...found.value].filter(([name]) => names.has(name)));
      Object.assign(evidence, {[key]: collected(kept, found.partial)});
    }
  }
}

/** Derives workloads anew; where single pods were chosen, workloads of others have no pod here by choice, not by fault. */
function withWorkloads(snapshot: Snapshot, onlyWithPods: boolean): Snapshot {
  const workloads = workloadsOf(snapshot);
  const kept = onlyWithPods ? mapEvidence(workloads, all => all.filter(w => w.pods.length > 0)) : workloads;
  return {...snapshot, evidence: {...snapshot.evidence, workloads: kept}};
}

function requirements(selector: string | undefined): SelectorRequirement[] {
  const parsed = parseLabelSelector(selector ?? '');
  return typeof parsed === 'string' ? [] : parsed;
}
