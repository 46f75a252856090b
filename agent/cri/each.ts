import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import {CollectError} from '../collect/collector.ts';
import {isGone, isLost} from './failure.ts';

/** Questions in flight at once: a runtime answers them from one database, and the node has other work. */
const IN_FLIGHT = 4;
/** So many unanswered questions in a row mean that the runtime hangs or is gone. */
const GIVE_UP = 3;

/** What came of asking about each object of a list. */
export interface Asked<T> {
  items: readonly T[];
  /** Why some objects have no details. */
  partial: Missing | undefined;
}

/**
 * Asks about each object of a list, a few at once, in the order of the list. An object that has gone since it was listed
 * is left out; of one that cannot be asked about, `without` keeps what the list said. After some questions
 * in a row without an answer nothing more is asked.
 */
export async function askEach<S, T>(
  objects: readonly S[],
  ask: (object: S) => Promise<T>,
  without: (object: S) => T,
): Promise<Asked<T>> {
  const answers: (T | undefined)[] = Array.from({length: objects.length});
  const failures: CollectError[] = [];
  let inRow = 0;
  let unasked = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < objects.length) {
      const index = next++;
      // `index` is below the length.
      const object = objects[index] as S;
      if (inRow >= GIVE_UP) {
        unasked++;
        answers[index] = without(object);
        continue;
      }
      try {
        answers[index] = await ask(object);
        inRow = 0;
      } catch (error) {
        if (isGone(error)) continue;
        if (!(error instanceof CollectError)) throw error;
        inRow = isLost(error) ? inRow + 1 : 0;
        failures.push(error);
        answers[index] = without(object);
      }
    }
  };
  await Promise.all(Array.from({length: IN_FLIGHT}, work));
  const [first] = failures;
  return {
    items: answers.filter(answer => answer !== undefined),
    partial:
      first &&
      missing(
        first.reason,
        `${failures.length + unasked} of ${objects.length} without details: ${first.message}`,
      ),
  };
}
