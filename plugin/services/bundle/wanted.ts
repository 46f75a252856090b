import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {windowsPods} from '../../../src/kube/pods.ts';
import type {ResourceMap} from '../../../src/kube/resources.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import type {WantedLog} from '../../../src/logs/wanted.ts';
import {allLogs, logsToRead} from '../../../src/logs/wanted.ts';
import type {Pseudonyms} from '../../../src/redact/pseudonyms/pseudonyms.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {ObjectWriter} from '../../bundle/objects.ts';

/** The nodes that pseudonyms stand for. */
export function realNames(
  nodes: ReadonlySet<string>,
  snapshot: Snapshot,
  pseudonyms: Pseudonyms,
): Set<string> {
  const names = itemsOf(snapshot, 'nodes').map(node => node.metadata.name);
  return new Set(names.filter(name => nodes.has(pseudonyms.text(name))));
}

/** What of a cluster's objects could not be read. */
export function gapsOf(snapshot: Snapshot): ManifestGap[] {
  return RESOURCES.flatMap(({key}) => {
    const evidence = evidenceOf(snapshot, key);
    if (!evidence.ok) return [{what: key, reason: evidence.reason, detail: evidence.detail}];
    const {partial} = evidence;
    return partial ? [{what: key, reason: partial.reason, detail: partial.detail, partial: true}] : [];
  });
}

/** Kinds of objects that had not been read when the collection was stopped. */
export function stoppedKinds(objects: ObjectWriter): ManifestGap[] {
  return RESOURCES.filter(({key}) => !objects.done.has(key)).map(({key}) => notReached(key));
}

/** What a collection that was stopped did not come to. */
export function notReached(what: string): ManifestGap {
  return {what, reason: 'failed', detail: 'the collection was stopped before it was read'};
}

/** The logs that are wanted. */
export function logsOf(snapshot: Snapshot, which: 'few' | 'all'): WantedLog[] {
  if (which === 'all') return allLogs(itemsOf(snapshot, 'pods'));
  const workloads = evidenceOf(snapshot, 'workloads');
  if (!workloads.ok) return [];
  const context = {
    nodes: evidenceOf(snapshot, 'nodes'),
    runtimeClasses: evidenceOf(snapshot, 'runtimeClasses'),
  };
  return logsToRead(windowsPods(workloads.value, context)).wanted;
}

/** Objects of a kind; none where they are not known. */
export function itemsOf<K extends 'nodes' | 'pods'>(snapshot: Snapshot, key: K): ResourceMap[K] | [] {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? evidence.value : [];
}
