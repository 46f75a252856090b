import {setTimeout as sleep} from 'node:timers/promises';
import type {OrderFacts} from '../../../src/protocol/probes/orders.ts';
import {PROBE_DEFAULTS} from '../../../src/protocol/probes/orders.ts';
import type {ProbeTry} from '../../../src/protocol/probes/lines.ts';
import type {Failure, Outcome} from './outcome.ts';
import {ranMs, since} from './running-time.ts';

/** Milliseconds between two tries of one order: a probe is no load. */
const GAP_MS = 100;

/** Does the same as often as ordered, one after the other. The last failure is the one that is told. */
export async function inTries(
  {tries = PROBE_DEFAULTS.tries, timeoutMs = PROBE_DEFAULTS.timeoutMs}: OrderFacts,
  once: (timeoutMs: number) => Promise<Failure | undefined>,
): Promise<Pick<Outcome, 'ok' | 'error' | 'detail' | 'tries'>> {
  const made: ProbeTry[] = [];
  let last: Failure | undefined;
  for (let i = 0; i < tries; i++) {
    if (i > 0) await sleep(GAP_MS);
    const begun = ranMs();
    const failure = await once(timeoutMs);
    made.push({ms: since(begun), ...(failure && {error: failure.error})});
    last = failure ?? last;
  }
  return {ok: made.some(({error}) => error === undefined), ...last, tries: made};
}
