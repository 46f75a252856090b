import type {Snapshot} from '../snapshot/snapshot.ts';
import type {Check, Fail, ProfileName} from './define.ts';
import type {Gap} from './gaps.ts';
import {Gaps} from './gaps.ts';
import type {CheckResult} from './run-check.ts';
import {runCheck} from './run-check.ts';

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

/** Runs every check on a snapshot. A check that throws costs its own answer only. */
export function judge(
  snapshot: Snapshot,
  checks: readonly Check[],
  profile: ProfileName = 'support',
): Judgement {
  return joinResults(checks, check => [runCheck(snapshot, check, {profile})]);
}

/** Makes one judgement of what each check said, in one piece or node by node. */
export function joinResults(
  checks: readonly Check[],
  resultsOf: (check: Check) => readonly CheckResult[],
): Judgement {
  const judgement: Judgement = {
    fails: [],
    gaps: [],
    problems: [],
    counts: {pass: 0, fail: 0, unknown: 0, skip: 0},
  };
  const {counts} = judgement;
  for (const check of checks) {
    const results = resultsOf(check);
    const gaps = new Gaps(check.id);
    const fails: Fail[] = [];
    for (const result of results) {
      for (const fail of result.fails) fails.push(fail);
      gaps.join(result.gaps);
      counts.pass += result.pass;
      counts.skip += result.skip;
    }
    const problem = results.find(r => r.problem !== undefined)?.problem;
    if (problem !== undefined) judgement.problems.push({where: `check ${check.id}`, detail: problem});
    counts.fail += fails.length;
    counts.unknown += gaps.count;
    judgement.gaps.push(...gaps.list());
    if (fails.length > 0) judgement.fails.push({check, fails});
  }
  return judgement;
}
