import {nodeNamesOf, osIntended} from '../../../kube/os.ts';
import {isLinuxOnlyImage} from '../../../kube/image-os.ts';
import {containersOf} from '../../../kube/containers.ts';
import type {Os} from '../../../kube/os.ts';
import {Placements, isMirror, placedSpecs} from '../../../kube/placement.ts';
import {isFinished} from '../../../kube/pods.ts';
import type {PlacementContext} from '../../../kube/placement.ts';
import type {Container, Node, Pod} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Outcome, Ref} from '../../define.ts';
import {skip, specRef, unknown} from '../../define.ts';

/** How causes of templates end that leave more nodes open than they should. */
const UNPINNED = 'unpinned';

/** What a check of placement reads beside the workloads. */
export interface FitInput {
  workloads: Workload[];
  wants: Pick<PlacementContext, 'nodes' | 'runtimeClasses' | 'namespaces'>;
  source: PlacementContext['source'];
}

/** Says what workloads are for, where their pods sit, and where they may go. */
export class OsFit {
  readonly placements: Placements;
  readonly #on: Record<Os, Set<string>>;
  readonly #nodes: Evidence<Node[]>;
  #images: Set<string> | undefined;

  constructor({wants, source}: FitInput) {
    this.placements = new Placements({...wants, source});
    this.#nodes = wants.nodes;
    this.#on = {windows: nodeNamesOf('windows', wants.nodes), linux: nodeNamesOf('linux', wants.nodes)};
  }

  /** Whether the cluster is known to have no node of an OS. */
  lacks(os: Os): boolean {
    const isWhole = this.placements.model || (this.#nodes.ok && !this.#nodes.partial);
    return isWhole && !this.placements.has(os);
  }

  /** Pods of a workload that sit on nodes of an OS and have not ended. */
  sitting(workload: Workload, os: Os): Pod[] {
    return workload.pods.filter(
      p => p.nodeName !== undefined && this.#on[os].has(p.nodeName) && !isFinished(p),
    );
  }

  /** Whether Windows nodes hold every image of a spec: then it has a Windows platform, whatever its name. */
  hasWindowsPlatform({spec}: SpecView): boolean {
    this.#images ??= new Set(this.#imageNames());
    return containersOf(spec).every(({container: {image}}) => image !== undefined && this.#holds(image));
  }

  #holds(image: string): boolean {
    return [image, `docker.io/library/${image}`, `docker.io/${image}`].some(name => this.#images?.has(name));
  }

  *#imageNames(): Generator<string> {
    for (const node of this.#nodes.ok ? this.#nodes.value : []) {
      if (!this.#on.windows.has(node.metadata.name)) continue;
      for (const {names = []} of node.status.images ?? []) yield* names;
    }
  }
}

/** Judges each workload's deciding specs; what needs nodes is unknown where a cluster's nodes could not be read. */
export function* judgeFits(
  input: FitInput,
  judge: (fit: OsFit, workload: Workload, views: SpecView[]) => Outcome,
): Generator<Outcome> {
  const fit = new OsFit(input);
  const {nodes} = input.wants;
  for (const workload of input.workloads) {
    const views = placedSpecs(workload).filter(v => !isMirror(v) && !namesNode(v, input.source));
    if (views.length === 0) yield skip('no pod of it is to be placed');
    else if (!nodes.ok && input.source !== 'files') {
      yield unknown(workload.owner, 'nodes', nodes);
    } else yield whole(surely(judge(fit, workload, views), fit.placements, views), nodes);
  }
}

/** A template fails only where all is known that sends its pods somewhere; where a pod was sent to is a fact. */
function surely(outcome: Outcome, placements: Placements, views: SpecView[]): Outcome {
  if (outcome.status !== 'fail' || !outcome.cause.endsWith(UNPINNED)) return outcome;
  for (const view of views) {
    const gap = placements.termsGap(view);
    if (gap) return unknown(outcome.subject, gap.evidence, gap.missing);
  }
  return outcome;
}

/** Where a part of the nodes could not be read, one of them may be the one that a pod must not go to. */
function whole(outcome: Outcome, nodes: FitInput['wants']['nodes']): Outcome {
  if (outcome.status !== 'pass' || !nodes.ok || !nodes.partial) return outcome;
  return unknown(outcome.subject, 'nodes', nodes.partial);
}

/** A manifest that names its node passes the scheduler by; a live pod names one because it was scheduled. */
function namesNode({spec, pods}: SpecView, source: FitInput['source']): boolean {
  return spec.nodeName !== undefined || (source === 'files' && pods.some(p => p.nodeName !== undefined));
}

/** The OS that a spec asks for by itself: what it declares, or what its images' names show. */
export function wantedOs({spec}: SpecView): Os | undefined {
  const intended = osIntended(spec);
  if (intended) return intended;
  return containersOf(spec).some(c => isLinuxOnlyImage(c.container.image)) ? 'linux' : undefined;
}

/** Whether a container cannot run here because its image has no platform for this OS. */
export function lacksPlatform(container: Container, pod: Pod): boolean {
  const status = pod.status.containerStatuses?.find(s => s.name === container.name);
  const message = status?.state?.waiting?.message ?? '';
  return /no match(ing manifest)? for (platform|windows\/|linux\/)/.test(message);
}

/** The place in a spec where its scheduling terms stand, or would stand. */
export function termsRef(view: SpecView): Ref {
  const {spec} = view;
  if (spec.affinity?.nodeAffinity) return specRef(view, '/affinity/nodeAffinity', spec.affinity.nodeAffinity);
  return spec.nodeSelector ? specRef(view, '/nodeSelector', spec.nodeSelector) : specRef(view, '');
}

/** Whether a spec only prefers an OS, which pins nothing. */
export function onlyPrefersOs({spec}: SpecView): boolean {
  const preferred = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred.some(p => p.preference?.matchExpressions?.some(e => e.key.endsWith('kubernetes.io/os')));
}
