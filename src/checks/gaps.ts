import type {Missing} from '../snapshot/evidence.ts';
import type {Subject} from './define.ts';

/** Evidence that was missing for a check, on the subjects that it was missing for (none: for the whole check). */
export interface Gap {
  id: string;
  evidence: string;
  reason: Missing['reason'];
  detail: string;
  subjects: Subject[];
  subjectCount: number;
}

/** At most so many subjects are listed anywhere; their whole number is always given (CONTRACT §2). */
export const MAX_SUBJECTS = 50;

/** Collects the gaps of one check by evidence and reason. */
export class Gaps {
  readonly #id: string;
  readonly #gaps = new Map<string, Gap>();

  /** `id`: of the check. */
  constructor(id: string) {
    this.#id = id;
  }

  /** How many outcomes are unknown: every subject counts, and a gap of the whole check counts once. */
  get count(): number {
    let sum = 0;
    for (const gap of this.#gaps.values()) sum += Math.max(1, gap.subjectCount);
    return sum;
  }

  /** Takes in that evidence was missing, for a subject or for the whole check. */
  add(evidence: string, {reason, detail}: Missing, subject?: Subject): void {
    const gap = this.#gap(evidence, reason, detail);
    if (subject) addSubjects(gap, [subject], 1);
  }

  /** Takes in gaps of the same check that were collected elsewhere. */
  join(gaps: readonly Gap[]): void {
    for (const {evidence, reason, detail, subjects, subjectCount} of gaps) {
      addSubjects(this.#gap(evidence, reason, detail), subjects, subjectCount);
    }
  }

  list(): Gap[] {
    return [...this.#gaps.values()];
  }

  #gap(evidence: string, reason: Missing['reason'], detail: string): Gap {
    const key = `${evidence}\0${reason}`;
    let gap = this.#gaps.get(key);
    if (!gap) {
      gap = {id: this.#id, evidence, reason, detail, subjects: [], subjectCount: 0};
      this.#gaps.set(key, gap);
    }
    return gap;
  }
}

function addSubjects(gap: Gap, subjects: readonly Subject[], count: number): void {
  gap.subjectCount += count;
  gap.subjects.push(...subjects.slice(0, MAX_SUBJECTS - gap.subjects.length));
}
