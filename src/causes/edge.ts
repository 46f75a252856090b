/** How a cause and its effect must meet: anywhere in the cluster, or on the same node, workload or subject. */
export type Join = 'cluster' | 'node' | 'workload' | 'subject';

/** A finding of `effect` is the consequence of a finding of `cause` where the two meet. */
export interface Edge {
  cause: string;
  effects: readonly string[];
  join: Join;
  /** Cause keys of the effect that follow; all where absent. */
  only?: readonly string[];
  /** Cause keys of the cause that it follows from; all where absent. */
  given?: readonly string[];
}
