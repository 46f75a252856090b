import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {hasFailed} from './types.ts';

/** Nodes at either end of a connection that failed. */
export function failingNodes(snapshot: Snapshot): ReadonlySet<string> {
  const probes = evidenceOf(snapshot, 'probes');
  if (!probes.ok) return new Set();
  const failed = new Set(probes.value.results.filter(hasFailed).map(r => r.probe));
  return new Set(
    probes.value.plan.probes
      .filter(p => failed.has(p.id))
      .flatMap(({from, to}) => (to.node === undefined ? [from.node] : [from.node, to.node])),
  );
}
