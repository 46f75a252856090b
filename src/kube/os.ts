import type {Evidence} from '../snapshot/evidence.ts';
import {containersOf} from './containers.ts';
import {osOfImageName} from './image-os.ts';
import {matchesNodeSelector, matchesRequiredAffinity} from './node-match.ts';
import type {Node, NodeSelectorTerm, PodSpec, RuntimeClass} from './types.ts';
import {decisiveSpecs} from './workloads.ts';
import type {SpecView, Workload} from './workloads.ts';

export type Os = 'windows' | 'linux';

/** The label that every kubelet sets, and the one it set before 1.14, which some manifests still select by. */
export const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'] as const;
export const BUILD_LABEL = 'node.kubernetes.io/windows-build';

/** What a node runs: as its kubelet reports it, else as its label says. */
export function osOfNode(node: Node): Os | undefined {
  return osOf(node.status.nodeInfo?.operatingSystem ?? node.metadata.labels?.[OS_LABELS[0]]);
}

/** Reads `windows` and `linux` in any case. */
export function osOf(name: string | undefined): Os | undefined {
  const lower = name?.toLowerCase();
  return lower === 'windows' || lower === 'linux' ? lower : undefined;
}

/** The Windows build of a node (17763, 20348, …) and its revision, out of `10.0.20348.2582`. */
export function windowsBuild(node: Node): {build: number; revision: number | undefined} | undefined {
  const match = /^10\.0\.(\d+)(?:\.(\d+))?/.exec(node.status.nodeInfo?.kernelVersion ?? '');
  if (!match) return undefined;
  return {build: Number(match[1]), revision: match[2] === undefined ? undefined : Number(match[2])};
}

/**
 * The OS that scheduling terms pin a pod to: node selector, required node affinity, RuntimeClass. `spec.os` pins
 * nothing (https://kubernetes.io/docs/concepts/windows/user-guide/). Terms of affinity are alternatives: all must agree.
 */
export function pinnedOs(spec: PodSpec, runtimeClass?: RuntimeClass): Os | undefined {
  const selectors = [spec.nodeSelector, runtimeClass?.scheduling?.nodeSelector];
  for (const selector of selectors) {
    for (const label of OS_LABELS) {
      const os = osOf(selector?.[label]);
      if (os) return os;
    }
  }
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const pins = terms.map(pinnedByTerm);
  const [first] = pins;
  return first !== undefined && pins.every(p => p === first) ? first : undefined;
}

function pinnedByTerm(term: NodeSelectorTerm): Os | undefined {
  for (const {key, operator, values} of term.matchExpressions ?? []) {
    if (!OS_LABELS.some(label => label === key)) continue;
    const named = (values ?? []).map(osOf);
    if (operator === 'In' && named.length > 0 && named.every(os => os === named[0])) return named[0];
    if (operator === 'NotIn' && named.length === 1) {
      if (named[0] === 'windows') return 'linux';
      if (named[0] === 'linux') return 'windows';
    }
  }
  return undefined;
}

/** What is known of a cluster that decides where pods go; any of it may be missing. */
export interface OsContext {
  nodes: Evidence<Node[]>;
  runtimeClasses: Evidence<RuntimeClass[]>;
}

/** Looks a RuntimeClass up by name. */
export function runtimeClassOf(
  spec: PodSpec,
  runtimeClasses: Evidence<RuntimeClass[]>,
): RuntimeClass | undefined {
  if (!spec.runtimeClassName || !runtimeClasses.ok) return undefined;
  return runtimeClasses.value.find(r => r.metadata.name === spec.runtimeClassName);
}

/** The nodes that run an OS. */
export function nodesOf(os: Os, nodes: readonly Node[]): Node[] {
  return nodes.filter(node => osOfNode(node) === os);
}

/** Names of the cluster's nodes of one OS. */
export function nodeNamesOf(os: Os, nodes: Evidence<Node[]>): Set<string> {
  return new Set(nodesOf(os, nodes.ok ? nodes.value : []).map(n => n.metadata.name));
}

/**
 * Tells what OS a specification is for: where its pods sit settles it, then where it is pinned to or what its selector
 * comes down to on the real nodes, then what it says of itself (`spec.os`, Windows options, image names).
 */
export function osJudge(context: OsContext): (view: SpecView) => Os | undefined {
  const {nodes, runtimeClasses} = context;
  if (!nodes.ok) return rememberAll(judgeOs(context));
  // Every check of a run asks about the same specs of the same cluster.
  let known = judges.get(nodes.value);
  if (known?.runtimeClasses !== runtimeClasses) {
    known = {runtimeClasses, judge: rememberAll(judgeOs(context))};
    judges.set(nodes.value, known);
  }
  return known.judge;
}

const judges = new WeakMap<
  readonly Node[],
  {runtimeClasses: Evidence<RuntimeClass[]>; judge: (view: SpecView) => Os | undefined}
>();

function rememberAll(judge: (view: SpecView) => Os | undefined): (view: SpecView) => Os | undefined {
  const known = new WeakMap<SpecView, {os: Os | undefined}>();
  return view => {
    let answer = known.get(view);
    if (!answer) known.set(view, (answer = {os: judge(view)}));
    return answer.os;
  };
}

function judgeOs(context: OsContext): (view: SpecView) => Os | undefined {
  const windows = nodeNamesOf('windows', context.nodes);
  const linux = nodeNamesOf('linux', context.nodes);
  const selected = osBySelection(context.nodes);
  return view => {
    for (const {nodeName} of view.pods) {
      if (nodeName !== undefined && windows.has(nodeName)) return 'windows';
      if (nodeName !== undefined && linux.has(nodeName)) return 'linux';
    }
    const pinned = pinnedOs(view.spec, runtimeClassOf(view.spec, context.runtimeClasses));
    return pinned ?? selected(view.spec) ?? osIntended(view.spec);
  };
}

/** Tells the OS that a selector by other labels (a node pool's) comes down to: that of every node that it matches. */
function osBySelection(nodes: Evidence<Node[]>): (spec: PodSpec) => Os | undefined {
  const known = new Map<string, Os | undefined>();
  return spec => {
    const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    // Of a part of the nodes nobody knows what else a selector matches.
    if (!nodes.ok || nodes.partial || (!spec.nodeSelector && !required)) return undefined;
    const key = JSON.stringify([spec.nodeSelector, required]);
    if (!known.has(key)) {
      const matched = nodes.value.filter(
        n => matchesNodeSelector(spec.nodeSelector, n.metadata) && matchesRequiredAffinity(spec, n.metadata),
      );
      const [first] = matched.map(osOfNode);
      known.set(key, matched.every(n => osOfNode(n) === first) ? first : undefined);
    }
    return known.get(key);
  };
}

/** The OS that a specification shows without pinning it: `spec.os`, Windows options, image names. */
export function osIntended(spec: PodSpec): Os | undefined {
  const declared = osOf(spec.os?.name);
  if (declared) return declared;
  const all = containersOf(spec).map(c => c.container);
  if (spec.securityContext?.windowsOptions || all.some(c => c.securityContext?.windowsOptions))
    return 'windows';
  return all.some(c => osOfImageName(c.image) === 'windows') ? 'windows' : undefined;
}

/** Whether a workload is for Windows, by any of its specs. */
export function isWindowsWorkload(workload: Workload, judge: (view: SpecView) => Os | undefined): boolean {
  return decisiveSpecs(workload).some(view => judge(view) === 'windows');
}
