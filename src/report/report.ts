import type {Severity, Subject} from '../checks/define.ts';
import type {Problem} from '../checks/engine.ts';
import type {Gap} from '../checks/gaps.ts';
import type {Source} from '../snapshot/snapshot.ts';

/** Where a fact stands: a file of the bundle layout (CONTRACT §4) or of `lint`'s input, and the place in it. */
export interface EvidenceRef {
  at: string;
  pointer: string;
  value?: unknown;
}

/** A place in a file that a user edits; line and column count from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** One fault with everything it was seen on. */
export interface Finding {
  id: string;
  name: string;
  severity: Severity;
  title: string;
  message: string;
  subjects: Subject[];
  /** How many there are, even where `subjects` is cut at 50. */
  subjectCount: number;
  evidence: EvidenceRef[];
  fix: string[];
  links: string[];
  /** The same across runs and object order; made of the check and the kind of cause, not of subjects or figures. */
  fingerprint: string;
  state: 'suspected' | 'confirmed';
  /** Fingerprints of findings that explain this one; none: it is a root cause. */
  causedBy: string[];
  /** RFC 3339, from evidence only. */
  firstSeen: string | null;
  /** Only under `lint`: the first of `locations`. */
  location?: Location;
  /** Only under `lint`: every place that has the fault, at most 50, by file and line. */
  locations?: Location[];
}

export type FindingCounts = Record<Severity, number>;

/** What `doctor -o json` prints (CONTRACT §2). */
export interface DoctorReport {
  apiVersion: 'kubectl-win/v1';
  kind: 'DoctorReport' | 'LintReport';
  tool: {version: string};
  source: {kind: Source['kind']; name: string; collectedAt: string};
  summary: {
    nodes: {windows: number; linux: number};
    outcomes: {pass: number; fail: number; unknown: number; skip: number};
    findings: FindingCounts;
    rootCauses: number;
  };
  findings: Finding[];
  unknown: Gap[];
  problems: Problem[];
  timings: {collectMs: number; judgeMs: number};
}
