/** Why evidence is not there (CONTRACT: `unknown[].reason`). */
export type MissingReason = 'unsupported' | 'denied' | 'timeout' | 'failed' | 'not-requested';

/** Evidence that could not be had. `detail` is one sentence: what was tried, what came back, what would give it. */
export interface Missing {
  readonly ok: false;
  readonly reason: MissingReason;
  readonly detail: string;
}

/** Evidence as it was collected. `partial` says what of it is missing when only a part arrived. */
export interface Collected<T> {
  readonly ok: true;
  readonly value: T;
  readonly partial?: Missing;
}

/** A fact that was looked for: there, partly there, or missing with its reason. It is never a hole. */
export type Evidence<T> = Collected<T> | Missing;

/** Wraps a whole or partial value. */
export function collected<T>(value: T, partial?: Missing): Collected<T> {
  return partial ? {ok: true, value, partial} : {ok: true, value};
}

/** States that evidence is missing and why. */
export function missing(reason: MissingReason, detail: string): Missing {
  return {ok: false, reason, detail};
}

/** Applies `change` to evidence that is there; what is missing stays missing, what is partial stays partial. */
export function mapEvidence<A, B>(evidence: Evidence<A>, change: (value: A) => B): Evidence<B> {
  return evidence.ok ? collected(change(evidence.value), evidence.partial) : evidence;
}

/** What is missing of evidence: all of it, or the part that did not arrive; nothing where it is whole. */
export function gapOf(evidence: Evidence<unknown>): Missing | undefined {
  return evidence.ok ? evidence.partial : evidence;
}
