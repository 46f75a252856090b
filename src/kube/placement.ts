import type {Evidence, Missing} from '../snapshot/evidence.ts';
import {gapOf} from '../snapshot/evidence.ts';
import {MODEL_NODES, PLACE_LABELS} from './model-nodes.ts';
import {matchesNodeSelector, matchesRequiredAffinity} from './node-match.ts';
import {osOfNode, runtimeClassOf} from './os.ts';
import type {Os} from './os.ts';
import {isFinished} from './pods.ts';
import {untolerated} from './taints.ts';
import type {Namespace, Node, PodSpec, RuntimeClass, SelectorRequirement, Toleration} from './types.ts';
import type {SpecView, Workload} from './workloads.ts';

/** What decides where a pod may go, after admission has merged what its RuntimeClass and namespace add. */
export interface SchedulingTerms {
  nodeSelector: Record<string, string>;
  /** Only its affinity is read. */
  spec: PodSpec;
  tolerations: Toleration[];
}

/** Nodes that a pod may go to. `matched` meet its selector and affinity; `allowed` also have no taint against it. */
export interface Placement {
  matched: Record<Os, Node[]>;
  allowed: Record<Os, Node[]>;
}

/** What is known of a cluster; without nodes, manifests are judged on model nodes. */
export interface PlacementContext {
  nodes: Evidence<Node[]>;
  runtimeClasses: Evidence<RuntimeClass[]>;
  namespaces: Evidence<Namespace[]>;
  source: 'cluster' | 'capture' | 'files';
}

/**
 * Annotations by which a namespace selects the nodes of its pods: the first for the PodNodeSelector admission plug-in,
 * which few clusters turn on, the second for OpenShift's own.
 */
export const NAMESPACE_SELECTORS = [
  'scheduler.alpha.kubernetes.io/node-selector',
  'openshift.io/node-selector',
] as const;

/** Evidence that was missing to tell where pods may go. */
export interface TermsGap {
  evidence: 'runtimeClasses' | 'namespaces';
  missing: Missing;
}

/** Answers where pods may go, once for all pods of equal terms. */
export class Placements {
  /** The nodes that are judged on; none where they could not be read. */
  readonly nodes: readonly Node[];
  /** Whether `nodes` are models of what any cluster has. */
  readonly model: boolean;
  readonly #files: boolean;
  readonly #runtimeClasses: Evidence<RuntimeClass[]>;
  readonly #namespaces: Map<string, Namespace>;
  readonly #namespacesGap: Missing | undefined;
  readonly #known = new Map<string, Placement>();

  constructor({nodes, runtimeClasses, namespaces, source}: PlacementContext) {
    const real = nodes.ok ? nodes.value : [];
    this.model = source === 'files' && real.length === 0;
    this.nodes = this.model ? MODEL_NODES : real;
    this.#files = source === 'files';
    this.#runtimeClasses = runtimeClasses;
    this.#namespacesGap = gapOf(namespaces);
    this.#namespaces = new Map((namespaces.ok ? namespaces.value : []).map(n => [n.metadata.name, n]));
  }

  /** Whether the cluster has a node of an OS. */
  has(os: Os): boolean {
    return this.nodes.some(n => osOfNode(n) === os);
  }

  /** The terms of a spec: a live pod's stand as they are, a template's are merged as admission will merge them. */
  termsOf(view: SpecView): SchedulingTerms {
    const {spec} = view;
    // What a live pod got from its RuntimeClass and its namespace was written into it when it was admitted.
    const template = view.pods.length === 0 || this.#files;
    const scheduling = template ? runtimeClassOf(spec, this.#runtimeClasses)?.scheduling : undefined;
    const ofNamespace = template ? this.namespaceSelector(view.holder.metadata.namespace) : {};
    return {
      nodeSelector: {...ofNamespace, ...spec.nodeSelector, ...scheduling?.nodeSelector},
      spec,
      tolerations: [...(spec.tolerations ?? []), ...(scheduling?.tolerations ?? [])],
    };
  }

  /** The node selector that a namespace imposes, if it has one. */
  namespaceSelector(namespace: string | undefined): Record<string, string> {
    const annotations = this.namespace(namespace)?.metadata.annotations;
    const pairs = NAMESPACE_SELECTORS.flatMap(key => (annotations?.[key] ?? '').split(',')).map(part =>
      part.trim().split('='),
    );
    return Object.fromEntries(
      pairs.flatMap(([key, value]) => (key && value !== undefined ? [[key, value]] : [])),
    );
  }

  /** The namespace of an object, where it could be read. */
  namespace(name: string | undefined): Namespace | undefined {
    return this.#namespaces.get(name ?? 'default');
  }

  /** What could not be read of the terms of a template: its RuntimeClass or its namespace may send its pods elsewhere. */
  termsGap({spec, pods, holder}: SpecView): TermsGap | undefined {
    if (pods.length > 0 || this.#files) return undefined;
    const classGap = gapOf(this.#runtimeClasses);
    if (classGap && spec.runtimeClassName && !runtimeClassOf(spec, this.#runtimeClasses)) {
      return {evidence: 'runtimeClasses', missing: classGap};
    }
    if (!this.#namespacesGap || this.namespace(holder.metadata.namespace)) return undefined;
    return {evidence: 'namespaces', missing: this.#namespacesGap};
  }

  /** Where pods of a spec may go. */
  of(view: SpecView): Placement {
    return this.place(this.termsOf(view));
  }

  /** Where pods with these terms may go. */
  place(terms: SchedulingTerms): Placement {
    const key = JSON.stringify([terms.nodeSelector, terms.spec.affinity?.nodeAffinity, terms.tolerations]);
    let placement = this.#known.get(key);
    if (!placement) this.#known.set(key, (placement = this.#evaluate(terms)));
    return placement;
  }

  #evaluate(terms: SchedulingTerms): Placement {
    const {nodeSelector, spec} = this.model ? withoutPlaces(terms) : terms;
    const placement: Placement = {matched: {windows: [], linux: []}, allowed: {windows: [], linux: []}};
    for (const node of this.nodes) {
      const os = osOfNode(node);
      if (
        !os ||
        !matchesNodeSelector(nodeSelector, node.metadata) ||
        !matchesRequiredAffinity(spec, node.metadata)
      ) {
        continue;
      }
      placement.matched[os].push(node);
      if (!untolerated(node.spec.taints, terms.tolerations)) placement.allowed[os].push(node);
    }
    return placement;
  }
}

/**
 * The specs of a workload that decide where its pods go: those of live pods that still run or wait, else the template.
 * A DaemonSet's pods are pinned to their nodes one by one, so its template decides.
 */
export function placedSpecs(workload: Workload): SpecView[] {
  const template = workload.template ? [workload.template] : [];
  if (workload.owner.kind === 'DaemonSet') return template;
  const live = workload.live.filter(v => v.pods.some(p => !isFinished(p)));
  if (live.length > 0) return live;
  return workload.live.length > 0 && workload.owner.kind !== 'CronJob' && isDone(workload) ? [] : template;
}

/** A Job or bare pod whose pods have all ended: nothing of it will be placed again. */
function isDone(workload: Workload): boolean {
  return workload.owner.kind === 'Job' || workload.owner.kind === 'Pod';
}

/** A static pod's mirror: its kubelet runs it from a file, and the scheduler never sees it. */
export function isMirror(view: SpecView): boolean {
  return view.annotations['kubernetes.io/config.mirror'] !== undefined;
}

/** On model nodes, labels of place hold any value. */
function withoutPlaces({nodeSelector, spec, tolerations}: SchedulingTerms): SchedulingTerms {
  const entries = Object.entries(nodeSelector).filter(([key]) => !PLACE_LABELS.has(key));
  const {affinity} = spec;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return {nodeSelector: Object.fromEntries(entries), spec, tolerations};
  const nodeSelectorTerms = terms.map(term => ({
    ...term,
    matchExpressions: term.matchExpressions?.map(anyPlace) ?? [],
  }));
  return {
    nodeSelector: Object.fromEntries(entries),
    spec: {
      ...spec,
      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}},
    },
    tolerations,
  };
}

/** A requirement on a place is one that every model node meets. */
function anyPlace(requirement: SelectorRequirement): SelectorRequirement {
  return PLACE_LABELS.has(requirement.key) ? {key: 'kubernetes.io/os', operator: 'Exists'} : requirement;
}
