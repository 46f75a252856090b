import {RESOURCES} from '../kube/resources.ts';
import type {ResourceKey} from '../kube/resources.ts';
import type {Controller, KubeObject, Node, ObjectMeta, Pod} from '../kube/types.ts';
import type {Subject} from '../checks/define.ts';
import {compareText} from '../text/compare.ts';
import type {Change} from './change.ts';
import {fieldChanges} from './values.ts';

/**
 * Kinds that are not compared one by one: events and leases are written all the time; pods and EndpointSlices count with what
 * they belong to; ReplicaSets repeat Deployments; requests of certificates come and go.
 */
const PASSING: ReadonlySet<ResourceKey> = new Set([
  'events',
  'leases',
  'pods',
  'endpointSlices',
  'replicaSets',
  'certificateSigningRequests',
]);

/** Kinds of API objects that are compared. */
export const COMPARED = RESOURCES.map(({key}) => key).filter(key => !PASSING.has(key));

/** What of a node is told as a version. */
const NODE_INFO: Readonly<Record<string, string>> = {
  kubeletVersion: 'kubelet',
  kubeProxyVersion: 'kube-proxy',
  containerRuntimeVersion: 'container runtime',
  osImage: 'OS',
  kernelVersion: 'OS build',
};

/** What changed of the objects of one kind. */
export function* objectChanges(old: ObjectsById, now: ObjectsById): Generator<Change> {
  for (const [id, object] of old) {
    const successor = now.get(id);
    const subject = subjectOf(object);
    const whole = {
      section: 'state',
      what: object.kind,
      field: null,
      before: null,
      after: null,
      subject,
    } as const;
    if (!successor) {
      yield {...whole, change: 'removed'};
      continue;
    }
    const [a, b] = [object.metadata.uid, successor.metadata.uid];
    if (a !== undefined && b !== undefined && a !== b)
      yield {...whole, change: 'changed', field: 'made anew', before: 'no', after: 'yes'};
    for (const found of fieldChanges(plain(object), plain(successor))) {
      const {path, ...values} = found;
      if (!PASSING_FIELD.test(path)) yield {change: 'changed', subject, ...placed(object, path), ...values};
    }
  }
  for (const [id, object] of now) {
    if (!old.has(id))
      yield {
        section: 'state',
        change: 'added',
        what: object.kind,
        field: null,
        before: null,
        after: null,
        subject: subjectOf(object),
      };
  }
}

/** Figures that follow from others, words that repeat a status, and what lists of images say of disks. */
const PASSING_FIELD =
  /^(?:status\.images|status\.nodeInfo\.bootID|status\.(?:replicas|availableReplicas|numberUnavailable)$|apiVersion$)|conditions\[[^\]]*\]\.message$/;

function placed({kind}: KubeObject, path: string): Pick<Change, 'section' | 'what' | 'field'> {
  const info = kind === 'Node' ? /^status\.nodeInfo\.(\w+)$/.exec(path)?.[1] : undefined;
  const what = info === undefined ? undefined : NODE_INFO[info];
  if (what !== undefined) return {section: 'version', what, field: null};
  const image = /ontainers\[([^\]]*)\]\.image$/.exec(path)?.[1];
  if (image !== undefined)
    return {section: 'version', what: `image of ${kind}, container ${image}`, field: null};
  return {section: 'state', what: kind, field: path};
}

/** Objects of one kind by namespace and name. */
export type ObjectsById = ReadonlyMap<string, KubeObject>;

/** The objects of a kind that are compared. */
export function comparedObjects(key: ResourceKey, objects: readonly KubeObject[]): ObjectsById {
  return new Map(
    objects
      // What a CronJob made is its own.
      .filter(o => key !== 'jobs' || !isOwned(o.metadata))
      .map(o => [`${o.metadata.namespace ?? ''}/${o.metadata.name}`, o]),
  );
}

function isOwned({ownerReferences = []}: ObjectMeta): boolean {
  return ownerReferences.some(owner => owner.controller);
}

/** Name and namespace are what it is found by. */
function plain(object: Controller | KubeObject | Node | Pod): object {
  const {metadata, ...rest} = object;
  const {labels, annotations, finalizers} = metadata;
  return {metadata: {labels, annotations, finalizers}, ...rest};
}

/** What a change is about. */
export function subjectOf({kind, metadata: {namespace, name}}: KubeObject): Subject {
  return {kind, ...(namespace !== undefined && {namespace}), name};
}

/** Sorts subjects by namespace and name. */
export function compareSubjects(a: Subject, b: Subject): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}
