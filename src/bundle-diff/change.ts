import type {Severity, Subject} from '../checks/define.ts';
import type {MissingReason} from '../snapshot/evidence.ts';
import type {Source} from '../snapshot/snapshot.ts';

/** What a change is of. */
export type Section = 'version' | 'state' | 'hns';

/** The sections in the order in which one reads them. */
export const SECTIONS: readonly Section[] = ['version', 'state', 'hns'];

/** One thing that changed on one object. */
export interface Change {
  section: Section;
  change: 'added' | 'removed' | 'changed';
  /** What changed: a kind of objects, `kubelet`, `load balancer 10.96.0.10:53/UDP`. */
  what: string;
  /** What of it: `spec.replicas`; null where it came or went as a whole. */
  field: string | null;
  /** Null: it was not there. */
  before: string | null;
  /** Null: it is not there any more. */
  after: string | null;
  subject: Subject;
}

/** The same change, on everything that has it. */
export interface ChangeItem extends Omit<Change, 'subject'> {
  /** How many different pairs of values there are; beyond one, those of the most frequent are shown. */
  variants: number;
  subjects: Subject[];
  /** How many there are, even where `subjects` is cut at 50. */
  subjectCount: number;
}

/** What became of a finding. */
export interface FindingChange {
  /** `unseen`: of as many as it has no more the later one does not tell. */
  change: 'new' | 'gone' | 'worse' | 'better' | 'still' | 'unseen';
  id: string;
  fingerprint: string;
  severity: Severity;
  title: string;
  message: string;
  /** How many subjects it had and has. */
  before: number;
  after: number;
  /** Subjects that it did not have before. */
  added: Subject[];
  addedCount: number;
  /** Subjects that it has no more. */
  removed: Subject[];
  removedCount: number;
  /** Of how many of these the later one does not tell whether they still have it. */
  unseenCount: number;
}

/** What could not be compared, as one of the two lacks it. */
export interface DiffGap {
  evidence: string;
  /** Which of the two lacks it. */
  in: 'before' | 'after';
  reason: MissingReason;
  detail: string;
  subjects: Subject[];
  subjectCount: number;
}

/** Answer of `bundle diff` (CONTRACT §2). */
export interface BundleDiff {
  apiVersion: 'kubectl-win/v1';
  kind: 'BundleDiff';
  /** The later one. */
  source: Source;
  /** The one that it is compared with. */
  base: Source;
  findings: FindingChange[];
  items: ChangeItem[];
  /** How many items were left out, by section, as there are too many. */
  leftOut: Partial<Record<Section, number>>;
  unknown: DiffGap[];
}
