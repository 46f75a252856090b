import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {ConfigMap} from '../kube/types.ts';
import type {Cluster} from './places.ts';

/** Evidence that a plan is made of. */
export const PLAN_KEYS = [
  'nodes',
  'pods',
  'services',
  'endpointSlices',
  'runtimeClasses',
  'configMaps',
] as const satisfies readonly EvidenceKey[];

/** What of a Snapshot a plan is made of; what could not be read of it is as if it were not there. */
export function clusterOf(snapshot: Snapshot): Cluster {
  const listed = <K extends Exclude<(typeof PLAN_KEYS)[number], 'configMaps'>>(key: K) => {
    const evidence = evidenceOf(snapshot, key);
    return evidence.ok ? evidence.value : [];
  };
  return {
    nodes: listed('nodes'),
    pods: listed('pods'),
    services: listed('services'),
    slices: listed('endpointSlices'),
    runtimeClasses: listed('runtimeClasses'),
  };
}

/** Suffix of the cluster's names, as CoreDNS or the kubelets are told; undefined where neither is known. */
export function clusterDomainOf(snapshot: Snapshot): string | undefined {
  const evidence = evidenceOf(snapshot, 'configMaps');
  const maps = evidence.ok ? evidence.value : [];
  const corefile = dataOf(maps, 'coredns', 'Corefile');
  const kubelet = dataOf(maps, 'kubelet-config', 'kubelet');
  const domain =
    /^[^#\n]*\bkubernetes\s+([\w-]+(?:\.[\w-]+)+)\.?(?:\s|\{)/m.exec(corefile)?.[1] ??
    /^clusterDomain:\s*["']?([\w.-]+)/m.exec(kubelet)?.[1];
  return domain?.toLowerCase();
}

function dataOf(maps: readonly ConfigMap[], name: string, entry: string): string {
  const found = maps.find(m => m.metadata.namespace === 'kube-system' && m.metadata.name === name);
  return found?.data?.[entry] ?? '';
}
