import type {Missing} from '../snapshot/evidence.ts';
import {millis} from '../snapshot/time.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Check, Fail, Outcome, ProfileName, Subject} from './define.ts';
import {subjectOf} from './define.ts';
import type {PassGap} from './pass-gaps.ts';
import {passGaps} from './pass-gaps.ts';

/** Evidence that was missing for a check, on the subjects that it was missing for (none: for the whole check). */
export interface Gap {
  id: string;
  evidence: string;
  reason: Missing['reason'];
  detail: string;
  subjects: Subject[];
  subjectCount: number;
}

/** A bug of ours: a check threw. */
export interface Problem {
  where: string;
  detail: string;
}

/** Everything the checks said, before grouping. Passes are counted, never kept. */
export interface Judgement {
  fails: {check: Check; fails: Fail[]}[];
  gaps: Gap[];
  problems: Problem[];
  counts: {pass: number; fail: number; unknown: number; skip: number};
}

/** At most so many subjects are listed anywhere; their whole number is always given (CONTRACT §2). */
export const MAX_SUBJECTS = 50;

/** Runs every check on a snapshot. A check that throws costs its own answer only. */
export function judge(
  snapshot: Snapshot,
  checks: readonly Check[],
  profile: ProfileName = 'support',
): Judgement {
  const judgement: Judgement = {
    fails: [],
    gaps: [],
    problems: [],
    counts: {pass: 0, fail: 0, unknown: 0, skip: 0},
  };
  for (const check of checks) judgeOne(snapshot, check, profile, judgement);
  return judgement;
}

function judgeOne(snapshot: Snapshot, check: Check, profile: ProfileName, judgement: Judgement): void {
  if (hasNothingToWalk(snapshot, check)) {
    judgement.counts.skip++;
    return;
  }
  const gaps = new Gaps(check.id);
  const input: Record<string, unknown> = {
    now: millis(snapshot.now) ?? 0,
    source: snapshot.source.kind,
    profile,
    wants: Object.fromEntries(check.wants.map(key => [key, evidenceOf(snapshot, key)])),
  };
  for (const [index, key] of check.needs.entries()) {
    const evidence = evidenceOf(snapshot, key);
    if (!evidence.ok) gaps.add(key, evidence);
    else {
      input[key] = evidence.value;
      // What a check walks over may be there in part; what it looks things up in may not.
      if (evidence.partial) gaps.add(key, evidence.partial);
      if (evidence.partial && index > 0) input[key] = undefined;
    }
  }
  const runnable = check.needs.every(key => input[key] !== undefined);
  const fails: Fail[] = [];
  if (runnable) {
    try {
      const passGap = passGaps(snapshot, check);
      for (const outcome of check.run(input)) take(outcome, passGap, fails, gaps, judgement);
    } catch (error) {
      judgement.problems.push({where: `check ${check.id}`, detail: stackOf(error)});
      gaps.add('check', {ok: false, reason: 'failed', detail: `check ${check.id} itself failed`});
    }
  }
  judgement.counts.fail += fails.length;
  judgement.counts.unknown += gaps.count;
  judgement.gaps.push(...gaps.list());
  if (fails.length > 0) judgement.fails.push({check, fails});
}

/** Files hold what they hold: a kind that is not among them is no gap in what was to be judged. */
function hasNothingToWalk(snapshot: Snapshot, {needs: [walked]}: Check): boolean {
  return snapshot.source.kind === 'files' && walked !== undefined && !evidenceOf(snapshot, walked).ok;
}

function take(outcome: Outcome, passGap: PassGap, fails: Fail[], gaps: Gaps, judgement: Judgement): void {
  switch (outcome.status) {
    case 'fail':
      fails.push(outcome);
      return;
    case 'pass': {
      const gap = passGap(outcome);
      if (!gap) {
        judgement.counts.pass++;
        return;
      }
      const {subject} = outcome;
      gaps.add(gap.key, gap.missing, 'metadata' in subject ? subjectOf(subject) : subject);
      return;
    }
    case 'skip':
      judgement.counts.skip++;
      return;
    case 'unknown': {
      const {evidence, reason, detail, subject} = outcome;
      gaps.add(evidence, {ok: false, reason, detail}, subject);
      return;
    }
    default:
      outcome satisfies never;
  }
}

/** Collects gaps by evidence and reason. */
class Gaps {
  readonly #id: string;
  readonly #gaps = new Map<string, Gap>();

  constructor(id: string) {
    this.#id = id;
  }

  /** How many outcomes are unknown: every subject counts, and a gap of the whole check counts once. */
  get count(): number {
    let sum = 0;
    for (const gap of this.#gaps.values()) sum += Math.max(1, gap.subjectCount);
    return sum;
  }

  add(evidence: string, {reason, detail}: Missing, subject?: Subject): void {
    const key = `${evidence}\0${reason}`;
    let gap = this.#gaps.get(key);
    if (!gap) {
      gap = {id: this.#id, evidence, reason, detail, subjects: [], subjectCount: 0};
      this.#gaps.set(key, gap);
    }
    if (!subject) return;
    gap.subjectCount++;
    if (gap.subjects.length < MAX_SUBJECTS) gap.subjects.push(subject);
  }

  list(): Gap[] {
    return [...this.#gaps.values()];
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
