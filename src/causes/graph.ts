/** How a cause and its effect must meet: anywhere in the cluster, or on the same node, workload or subject. */
export type Join = 'cluster' | 'node' | 'workload' | 'subject';

/** A finding of `effect` is the consequence of a finding of `cause` where the two meet. */
export interface Edge {
  cause: string;
  effects: readonly string[];
  join: Join;
}

/**
 * What follows from what, declared once. An effect is explained only when its causes cover every subject of it, so
 * that a fault of its own is never hidden behind somebody else's.
 */
export const EDGES: readonly Edge[] = [
  // SCH, POD, IMG, CRI, NOD, ADV
  {cause: 'NOD001', effects: ['SCH005', 'SCH016', 'DNS006', 'CNI006', 'CNI007'], join: 'cluster'},
  {cause: 'NOD001', effects: ['KBL006', 'NOD007', 'CRI001', 'CRI002', 'NOD005', 'NOD020'], join: 'node'},
  // SVC, CNI, DNS, KBL, EVT
  // IDN, STO, CLD, CIB
];
