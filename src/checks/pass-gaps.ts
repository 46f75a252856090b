import type {NodeKey, PerNode} from '../node/evidence.ts';
import {onNode} from '../node/on-node.ts';
import {nodeNamesOf} from '../kube/os.ts';
import {gapOf} from '../snapshot/evidence.ts';
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
  const windows = nodeNamesOf('windows', evidenceOf(snapshot, 'nodes'));
  const workloads = evidenceOf(snapshot, 'workloads');
  const pods = new Map(
    (workloads.ok ? workloads.value : []).map(
      ({owner, pods: own}) => [keyOf(subjectOf(owner)), own] as const,
    ),
  );
  return subject => {
    const {kind, namespace, name} = 'metadata' in subject ? subjectOf(subject) : subject;
    if (kind === 'Node') return [name];
    const own = pods.get(keyOf({kind, name, ...(namespace !== undefined && {namespace})}));
    const placed = own?.map(p => p.nodeName) ?? nodeOf(subject);
    return placed
      ? placed.filter((node): node is string => node !== undefined && windows.has(node))
      : windows;
  };
}

function keyOf({kind, namespace = '', name}: Subject): string {
  return `${kind}/${namespace}/${name}`;
}

/** A pod says itself where it runs. */
function nodeOf(subject: Pass['subject']): [string] | undefined {
  return 'nodeName' in subject && typeof subject.nodeName === 'string' ? [subject.nodeName] : undefined;
}
