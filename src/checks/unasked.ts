import type {Judgement} from './engine.ts';
import type {Gap} from './gaps.ts';

/**
 * Leaves out that nothing is known of connections where nobody asked to try any: trying is an act of its own (`--probe`), and
 * not something that a report lacks.
 */
export function withoutUnasked(judgement: Judgement): Judgement {
  const unasked = judgement.gaps.filter(isUnasked).length;
  if (unasked === 0) return judgement;
  return {
    ...judgement,
    gaps: judgement.gaps.filter(gap => !isUnasked(gap)),
    counts: {...judgement.counts, unknown: judgement.counts.unknown - unasked},
  };
}

function isUnasked({evidence, reason}: Gap): boolean {
  return evidence === 'probes' && reason === 'not-requested';
}
