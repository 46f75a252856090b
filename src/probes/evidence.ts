import type {MissingReason} from '../snapshot/evidence.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {ProbePlan, ProbeResult} from './types.ts';
import {hasFailed} from './types.ts';

/** Why probes of one node have no result. */
export interface ProbeLoss {
  readonly node: string;
  readonly reason: MissingReason;
  /** One clause: no agent runs there, it went away in the middle. */
  readonly detail: string;
  /** How many probes it is. */
  readonly probes: number;
}

/** Connections that were to be tried, and what came of them. */
export interface Probing {
  readonly plan: ProbePlan;
  /** In any order; a probe may have none. */
  readonly results: readonly ProbeResult[];
  readonly losses: readonly ProbeLoss[];
}

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
