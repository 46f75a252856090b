import type {Ref} from '../checks/define.ts';
import {once} from '../once/once.ts';
import {bundlePath, resourceOfKind} from '../kube/resources.ts';
import type {ResourceKey} from '../kube/resources.ts';
import {nodePath} from '../node/paths.ts';
import {podLogPath} from '../logs/paths.ts';
import {PROBES_FILE, lineOfProbe} from '../probes/file.ts';
import type {ProbePlan} from '../probes/types.ts';
import type {KubeObject} from '../kube/types.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import type {EvidenceRef, Location} from './report.ts';

/** Says where a fact stands. A location exists only for files that a user edits. */
export type Locate = (ref: Ref) => {evidence: EvidenceRef; location?: Location};

/**
 * Locates facts in the bundle layout: `cluster-resources/pods/shop.json`, `/items/3/spec`, or
 * `host-collectors/win-1/windows/services.json`, `/3/state`. Items count as sorted by
 * namespace and name, which is the order in which a snapshot holds them.
 */
export function bundleLocator(snapshot: Snapshot): Locate {
  const positions = new Map<ResourceKey, Map<string, number>>();
  return ref => {
    const {pointer, value} = ref;
    if ('log' in ref) {
      const file = podLogPath(ref.log);
      return {evidence: value === undefined ? {at: file, pointer} : {at: file, pointer, value}};
    }
    if ('probe' in ref) {
      const line = probeLine(snapshot, ref.probe);
      const at = {at: PROBES_FILE, pointer: line === undefined ? '' : `/${line}`};
      return {evidence: value === undefined ? at : {...at, value}};
    }
    if (!('object' in ref)) {
      const file = nodePath(ref.node, ref.os, ref.file);
      return {evidence: value === undefined ? {at: file, pointer} : {at: file, pointer, value}};
    }
    const {object} = ref;
    const resource = resourceOfKind(object.apiVersion, object.kind);
    const at = resource ? bundlePath(resource, object.metadata.namespace) : 'cluster-resources';
    const item = resource ? positionOf(snapshot, positions, resource.key, object) : undefined;
    const whole = item === undefined ? pointer : `/items/${item}${pointer}`;
    return {evidence: value === undefined ? {at, pointer: whole} : {at, pointer: whole, value}};
  };
}

const linesOf = once(
  ({probes}: ProbePlan): ReadonlyMap<string, number> => new Map(probes.map((p, i) => [p.id, lineOfProbe(i)])),
);

function probeLine(snapshot: Snapshot, id: string): number | undefined {
  const probes = evidenceOf(snapshot, 'probes');
  return probes.ok ? linesOf(probes.value.plan).get(id) : undefined;
}

function positionOf(
  snapshot: Snapshot,
  positions: Map<ResourceKey, Map<string, number>>,
  key: ResourceKey,
  object: KubeObject,
): number | undefined {
  let index = positions.get(key);
  if (!index) {
    index = indexOf(snapshot, key);
    positions.set(key, index);
  }
  return index.get(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
}

function indexOf(snapshot: Snapshot, key: ResourceKey): Map<string, number> {
  const index = new Map<string, number>();
  const evidence = evidenceOf(snapshot, key);
  if (!evidence.ok) return index;
  const next = new Map<string, number>();
  for (const {metadata} of evidence.value) {
    const namespace = metadata.namespace ?? '';
    const position = next.get(namespace) ?? 0;
    next.set(namespace, position + 1);
    index.set(`${namespace}/${metadata.name}`, position);
  }
  return index;
}
