import type {NodeKey, PerNode} from '../node/evidence.ts';
import {onNode} from '../node/on-node.ts';
import {nodeNamesOf} from '../kube/os.ts';
import type {Node} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import {once} from '../once/once.ts';
import {collected, gapOf} from '../snapshot/evidence.ts';
import type {Evidence, Missing} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Check, Pass, Subject} from './define.ts';
import {subjectOf} from './define.ts';

/** Says what an `A N` check would have to see, too, before this may pass; nothing where it saw all of it. */
export type PassGap = (pass: Pass) => {key: NodeKey; missing: Missing} | undefined;

/**
 * A pass needs the evidence of the nodes that its subject sits on: a Node's own, a pod's node, those of a workload's pods,
 * for anything else every Windows node. Manifests have no node.
 */
export function passGaps(snapshot: Snapshot, {passNeeds}: Check): PassGap {
  if (snapshot.source.kind === 'files' || passNeeds.length === 0) return () => undefined;
  const needed = passNeeds.map(key => ({key, evidence: nodeEvidence(snapshot, key)}));
  const nobody = needed.find(({evidence}) => !evidence.ok);
  if (nobody && !nobody.evidence.ok) {
    const gap = {key: nobody.key, missing: nobody.evidence};
    return () => gap;
  }
  const nodesOf = placesOf(snapshot);
  return ({subject}) => {
    for (const node of nodesOf(subject)) {
      for (const {key, evidence} of needed) {
        const gap = gapOf(onNode(evidence, node));
        if (gap) return {key, missing: gap};
      }
    }
    return undefined;
  };
}

function nodeEvidence(snapshot: Snapshot, key: NodeKey): Evidence<PerNode<unknown>> {
  return evidenceOf(snapshot, key);
}

/** Tells the Windows nodes that a subject sits on. */
function placesOf(snapshot: Snapshot): (subject: Pass['subject']) => Iterable<string> {
  const nodes = evidenceOf(snapshot, 'nodes');
  const windows = nodes.ok ? windowsNodes(nodes.value) : new Set<string>();
  const workloads = evidenceOf(snapshot, 'workloads');
  const pods = workloads.ok ? podsByOwner(workloads.value) : undefined;
  return subject => {
    const {kind, namespace, name} = 'metadata' in subject ? subjectOf(subject) : subject;
    if (kind === 'Node') return [name];
    const own = pods?.get(keyOf({kind, name, ...(namespace !== undefined && {namespace})}));
    const placed = own?.map(p => p.nodeName) ?? nodeOf(subject);
    return placed
      ? placed.filter((node): node is string => node !== undefined && windows.has(node))
      : windows;
  };
}

const windowsNodes = once((nodes: Node[]) => nodeNamesOf('windows', collected(nodes)));

const podsByOwner = once(
  (workloads: readonly Workload[]) =>
    new Map(workloads.map(({owner, pods}) => [keyOf(subjectOf(owner)), pods] as const)),
);

function keyOf({kind, namespace = '', name}: Subject): string {
  return `${kind}/${namespace}/${name}`;
}

/** A pod says itself where it runs. */
function nodeOf(subject: Pass['subject']): [string] | undefined {
  return 'nodeName' in subject && typeof subject.nodeName === 'string' ? [subject.nodeName] : undefined;
}
