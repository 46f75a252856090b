import type {Evidence} from '../snapshot/evidence.ts';
import {collected} from '../snapshot/evidence.ts';
import {compareText} from '../text/compare.ts';
import type {ResourceMap} from './resources.ts';
import type {Controller, CronJob, KubeObject, ObjectMeta, Pod, PodSpec, PodTemplate} from './types.ts';

/** A pod specification and where it stands: a workload's template, or the spec that some of its live pods share. */
export interface SpecView {
  spec: PodSpec;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** The object that holds the spec: the workload, or one of the pods. */
  holder: KubeObject;
  /** JSON pointer of the spec inside `holder`. */
  path: string;
  /** Live pods of exactly this spec; none for a template. */
  pods: Pod[];
}

/** What a user edits, with its template and the live pods that came of it. A bare pod is its own workload. */
export interface Workload {
  /** Topmost known owner; it may be of a kind that was not read (a Rollout), then only its identity is there. */
  owner: KubeObject;
  /** The template where the owner was read. A live bare pod has none: its spec stands in `live`. */
  template?: SpecView;
  /** Distinct specs of the live pods, in order of the pods' names. */
  live: SpecView[];
  pods: Pod[];
  /** How many pods its owner wants; undefined where that is not known. */
  wanted?: number;
}

type Owners = Pick<
  ResourceMap,
  'pods' | 'deployments' | 'replicaSets' | 'daemonSets' | 'statefulSets' | 'jobs' | 'cronJobs'
>;

/** The specs that decide about running pods: those of the live pods, else the template. */
export function decisiveSpecs(workload: Workload): SpecView[] {
  if (workload.live.length > 0) return workload.live;
  return workload.template ? [workload.template] : [];
}

/** The template, then every distinct live spec: for faults that may stand in either. */
export function allSpecs(workload: Workload): SpecView[] {
  return workload.template ? [workload.template, ...workload.live] : workload.live;
}

/** Groups pods under their owners. Controllers that could not be read leave their pods under an owner known by name only. */
export function deriveWorkloads(owners: {[K in keyof Owners]: Evidence<Owners[K]>}): Evidence<Workload[]> {
  const {pods} = owners;
  const list = <K extends keyof Owners>(key: K): Owners[K] | [] => {
    const evidence: Evidence<Owners[K]> = owners[key];
    return evidence.ok ? evidence.value : [];
  };
  const workloads = new Map<string, Workload>();
  const parents = new Map<string, ObjectMeta & {kind: string}>();
  const views = new Map<string, Map<PodSpec, SpecView>>();
  for (const key of [
    'replicaSets',
    'jobs',
    'deployments',
    'daemonSets',
    'statefulSets',
    'cronJobs',
  ] as const) {
    for (const object of list(key)) addController(workloads, parents, object);
  }
  for (const pod of list('pods')) addPod(workloads, parents, views, pod);
  const value = [...workloads.values()].sort((a, b) => compareText(idOf(a.owner), idOf(b.owner)));
  if (!pods.ok && value.length === 0) return pods;
  return collected(value, pods.ok ? pods.partial : pods);
}

/** `Kind/namespace/name`, the same text for the same object everywhere in a report. */
export function idOf(object: {kind: string; metadata: {namespace?: string; name: string}}): string {
  return `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function addController(
  workloads: Map<string, Workload>,
  parents: Map<string, ObjectMeta & {kind: string}>,
  object: Controller | CronJob,
): void {
  if (controllerOf(object)) {
    parents.set(idOf(object), {...object.metadata, kind: object.kind});
    return;
  }
  const workload = templateWorkload(object);
  if (workload) workloads.set(idOf(object), workload);
}

/** A workload with no live pods out of an object that holds a pod template; undefined where it holds none. */
export function templateWorkload(object: KubeObject): Workload | undefined {
  if (isPod(object))
    return {owner: object, template: viewOf(object, {spec: object.spec}, '/spec'), live: [], pods: []};
  if (isCronJob(object)) {
    const template = object.spec.jobTemplate?.spec?.template;
    const path = '/spec/jobTemplate/spec/template/spec';
    return {owner: object, ...(template && {template: viewOf(object, template, path)}), live: [], pods: []};
  }
  if (!isController(object)) return undefined;
  const {template} = object.spec;
  const wanted = wantedOf(object);
  return {
    owner: object,
    ...(template && {template: viewOf(object, template, '/spec/template/spec')}),
    live: [],
    pods: [],
    ...(wanted !== undefined && {wanted}),
  };
}

function wantedOf({kind, spec, status}: Controller): number | undefined {
  if (kind === 'DaemonSet') return status.desiredNumberScheduled;
  if (kind === 'Job') return spec.suspend ? 0 : (spec.parallelism ?? 1);
  return spec.replicas ?? 1;
}

const isPod = (object: KubeObject): object is Pod => object.kind === 'Pod';
const isCronJob = (object: KubeObject): object is CronJob => object.kind === 'CronJob';
const CONTROLLERS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']);
const isController = (object: KubeObject): object is Controller => CONTROLLERS.has(object.kind);

function viewOf(holder: KubeObject, template: PodTemplate, path: string): SpecView {
  return {
    spec: template.spec,
    labels: template.metadata?.labels ?? (isPod(holder) ? holder.metadata.labels : undefined) ?? {},
    annotations:
      template.metadata?.annotations ?? (isPod(holder) ? holder.metadata.annotations : undefined) ?? {},
    holder,
    path,
    pods: [],
  };
}

function addPod(
  workloads: Map<string, Workload>,
  parents: Map<string, ObjectMeta & {kind: string}>,
  views: Map<string, Map<PodSpec, SpecView>>,
  pod: Pod,
): void {
  const owner = topOwner(pod, parents);
  const id = owner ? `${owner.kind}/${pod.metadata.namespace ?? ''}/${owner.name}` : idOf(pod);
  let workload = workloads.get(id);
  if (!workload) {
    workload = {
      owner: owner
        ? {
            apiVersion: '',
            kind: owner.kind,
            metadata: {
              name: owner.name,
              ...(pod.metadata.namespace !== undefined && {namespace: pod.metadata.namespace}),
            },
          }
        : pod,
      live: [],
      pods: [],
    };
    workloads.set(id, workload);
  }
  workload.pods.push(pod);
  let bySpec = views.get(id);
  if (!bySpec) views.set(id, (bySpec = new Map()));
  const view = bySpec.get(pod.spec);
  if (view) {
    view.pods.push(pod);
    return;
  }
  const fresh: SpecView = {
    spec: pod.spec,
    labels: pod.metadata.labels ?? {},
    annotations: pod.metadata.annotations ?? {},
    holder: pod,
    path: '/spec',
    pods: [pod],
  };
  bySpec.set(pod.spec, fresh);
  workload.live.push(fresh);
}

/** Follows controllers upwards; a ReplicaSet that was not read is taken for its Deployment's by the pod's template hash. */
function topOwner(
  pod: Pod,
  parents: Map<string, ObjectMeta & {kind: string}>,
): {kind: string; name: string} | undefined {
  const first = controllerOf(pod);
  // A mirror pod of a static pod is owned by its Node: what a user edits is a file there.
  if (!first || first.kind === 'Node') return undefined;
  const parent = parents.get(`${first.kind}/${pod.metadata.namespace ?? ''}/${first.name}`);
  if (parent) {
    const above = controllerOf({metadata: parent});
    return above ? {kind: above.kind, name: above.name} : {kind: first.kind, name: first.name};
  }
  const hash = pod.metadata.labels?.['pod-template-hash'];
  if (first.kind === 'ReplicaSet' && hash && first.name.endsWith(`-${hash}`)) {
    return {kind: 'Deployment', name: first.name.slice(0, -hash.length - 1)};
  }
  return {kind: first.kind, name: first.name};
}

function controllerOf(object: {metadata: ObjectMeta}): {kind: string; name: string} | undefined {
  return object.metadata.ownerReferences?.find(o => o.controller);
}
