import type {Gap} from '../checks/gaps.ts';
import type {MissingReason} from '../snapshot/evidence.ts';

/** Evidence that is missing for one reason, with all checks that wanted it. */
export interface Blind {
  reason: MissingReason;
  detail: string;
  /** Keys of evidence, sorted: `nodes`, `node.hns`. */
  evidence: string[];
  /** Ids of checks, sorted. */
  checks: string[];
  /** How many subjects could not be judged; 0 where whole checks could not. */
  subjects: number;
}

/** What people call the reasons. */
export const REASONS: Record<MissingReason, string> = {
  denied: 'denied',
  timeout: 'timed out',
  failed: 'failed',
  unsupported: 'unsupported',
  'not-requested': 'not asked for',
};

/** Least expected first: what a user can mend stands above what nobody asked for. */
const ORDER: readonly MissingReason[] = ['denied', 'timeout', 'failed', 'unsupported', 'not-requested'];

/** Joins gaps that have one reason and one story. */
export function joinGaps(gaps: readonly Gap[]): Blind[] {
  const byStory = Map.groupBy(gaps, g => `${g.reason}\0${g.detail}`);
  const blinds = [...byStory.values()].map(alike => ({
    // Groups are never empty, which the type cannot say.
    reason: alike[0]?.reason ?? 'failed',
    detail: alike[0]?.detail ?? '',
    evidence: sorted(alike.map(g => g.evidence)),
    checks: sorted(alike.map(g => g.id)),
    subjects: alike.reduce((sum, g) => sum + g.subjectCount, 0),
  }));
  return blinds.sort(
    (a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || b.checks.length - a.checks.length,
  );
}

function sorted(values: string[]): string[] {
  return [...new Set(values)].sort();
}
