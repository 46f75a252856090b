import type {MissingReason} from '../../src/snapshot/evidence.ts';
import {CollectError} from './collector.ts';

/** Characters of an error's text that go into a detail. */
const MAX_DETAIL = 500;

/** Why something could not be collected, in one sentence. */
export interface Why {
  readonly reason: MissingReason;
  readonly detail: string;
}

/** What a thrown error means for what was to be collected. */
export function whyMissing(error: unknown): Why {
  const text = error instanceof Error ? error.message : String(error);
  return {
    reason: error instanceof CollectError ? error.reason : 'failed',
    detail: text.replaceAll(/\s+/g, ' ').slice(0, MAX_DETAIL),
  };
}
