import type {MissingReason} from '../snapshot/evidence.ts';
import type {ProbePlan, ProbeResult} from './types.ts';

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
