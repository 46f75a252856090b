import {millis} from '../snapshot/time.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Check, Fail, Outcome, ProfileName} from './define.ts';
import {subjectOf} from './define.ts';
import type {Gap} from './gaps.ts';
import {Gaps} from './gaps.ts';
import type {PassGap} from './pass-gaps.ts';
import {passGaps} from './pass-gaps.ts';

/** What one check said, of everything or of one node. */
export interface CheckResult {
  fails: Fail[];
  gaps: Gap[];
  pass: number;
  skip: number;
  /** Stack of our own bug: the check threw. */
  problem?: string;
}

/** How a check is run. */
export interface RunOptions {
  profile: ProfileName;
  /** The one node that is judged now, of a check that can be judged node by node; absent: everything. */
  only?: string;
}

/** Runs one check on a Snapshot. One that throws costs its own answer only. */
export function runCheck(snapshot: Snapshot, check: Check, {profile, only}: RunOptions): CheckResult {
  const result: CheckResult = {fails: [], gaps: [], pass: 0, skip: 0};
  if (hasNothingToWalk(snapshot, check)) return {...result, skip: 1};
  const gaps = new Gaps(check.id);
  const input: Record<string, unknown> = {
    now: millis(snapshot.now) ?? 0,
    source: snapshot.source.kind,
    profile,
    only,
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
  if (check.needs.every(key => input[key] !== undefined)) {
    try {
      const passGap = passGaps(snapshot, check);
      for (const outcome of check.run(input)) take(outcome, passGap, gaps, result);
    } catch (error) {
      result.problem = stackOf(error);
      gaps.add('check', {ok: false, reason: 'failed', detail: `check ${check.id} itself failed`});
    }
  }
  result.gaps = gaps.list();
  return result;
}

/** Files hold what they hold: a kind that is not among them is no gap in what was to be judged. */
function hasNothingToWalk(snapshot: Snapshot, {needs: [walked]}: Check): boolean {
  return snapshot.source.kind === 'files' && walked !== undefined && !evidenceOf(snapshot, walked).ok;
}

function take(outcome: Outcome, passGap: PassGap, gaps: Gaps, result: CheckResult): void {
  switch (outcome.status) {
    case 'fail':
      result.fails.push(outcome);
      return;
    case 'pass': {
      const gap = passGap(outcome);
      if (!gap) {
        result.pass++;
        return;
      }
      const {subject} = outcome;
      gaps.add(gap.key, gap.missing, 'metadata' in subject ? subjectOf(subject) : subject);
      return;
    }
    case 'skip':
      result.skip++;
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

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
