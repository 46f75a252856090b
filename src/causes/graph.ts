/** How a cause and its effect must meet: anywhere in the cluster, or on the same node, workload or subject. */
export type Join = 'cluster' | 'node' | 'workload' | 'subject';

/** A finding of `effect` is the consequence of a finding of `cause` where the two meet. */
export interface Edge {
  cause: string;
  effects: readonly string[];
  join: Join;
  /** Cause keys of the effect that follow; all where absent. */
  only?: readonly string[];
}

const USER_FIELDS = ['runAsUser', 'runAsGroup'].flatMap(f => [
  `securityContext.${f}`,
  `containers[].securityContext.${f}`,
]);

/**
 * What follows from what, declared once. An effect is explained only when its causes cover every subject of it, so
 * that a fault of its own is never hidden behind somebody else's.
 */
export const EDGES: readonly Edge[] = [
  // SCH, POD, IMG, CRI, NOD, ADV
  {cause: 'NOD001', effects: ['SCH005', 'SCH016', 'DNS006', 'CNI006', 'CNI007'], join: 'cluster'},
  {cause: 'NOD001', effects: ['KBL006', 'NOD007', 'CRI001', 'CRI002', 'NOD005', 'NOD020'], join: 'node'},
  {cause: 'SCH001', effects: ['IMG002', 'IMG011', 'IMG012', 'KBL001', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'SCH002', effects: ['IMG002', 'IMG011', 'IMG012', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'SCH003', effects: ['SVC012', 'CNI006', 'CNI007', 'DNS006'], join: 'workload'},
  {cause: 'SCH004', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  {cause: 'SCH005', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  {
    cause: 'SCH009',
    effects: ['IMG002', 'IMG011', 'IMG012', 'KBL001', 'KBL002', 'KBL003', 'KBL004', 'CNI006'],
    join: 'workload',
  },
  {cause: 'SCH011', effects: ['SCH003', 'SCH004', 'SCH013'], join: 'workload'},
  {cause: 'SCH012', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  // What a spec lacks comes before where it may land for want of it.
  {cause: 'SCH013', effects: ['SCH001', 'SCH002'], join: 'workload', only: ['unpinned']},
  {cause: 'SCH015', effects: ['SCH001'], join: 'workload', only: ['unpinned']},
  {cause: 'SCH016', effects: ['DNS006'], join: 'cluster'},
  // Checks with a remedy of their own explain what the lists of fields say of the same field.
  {cause: 'POD003', effects: ['POD001', 'POD002'], join: 'workload', only: USER_FIELDS},
  {
    cause: 'POD012',
    effects: ['POD001', 'POD002'],
    join: 'workload',
    only: ['containers[].securityContext.privileged'],
  },
  {cause: 'POD013', effects: ['POD001', 'POD002'], join: 'workload', only: ['resources']},
  {cause: 'POD005', effects: ['KBL002'], join: 'workload'},
  {cause: 'POD006', effects: ['KBL001'], join: 'workload'},
  {cause: 'POD008', effects: ['CNI006', 'CNI007'], join: 'workload'},
  {cause: 'POD009', effects: ['KBL002', 'KBL004'], join: 'workload'},
  {cause: 'POD011', effects: ['KBL002', 'KBL003'], join: 'workload'},
  {cause: 'POD016', effects: ['IMG002', 'IMG011', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'POD017', effects: ['KBL003'], join: 'workload'},
  {cause: 'POD018', effects: ['KBL002'], join: 'workload'},
  // SVC, CNI, DNS, KBL, EVT
  // IDN, STO, CLD, CIB
];
